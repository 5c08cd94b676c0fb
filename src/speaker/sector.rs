//! Names of institutions -> their sectors, by the words that head them: `sectors.txt`.

use std::ops::Range;

use super::phrase::shown_name;
use super::profile::Speaker;
use crate::entity::Mention;
use crate::lang::{Language, is_in, row, without_end};
use crate::lexis::Words;
use crate::scheme::{Label, Sector, SpeakerKind};

/// The longest row of the table, in words.
const LONGEST: usize = 5;

/// The longest name that is read to its end, in words: a source that nothing names may be half a sentence.
const LONGEST_NAME: usize = 16;

/// Sets the sector of every institution: by its name, else by another of the phrases that mean it ("the company"), else
/// as the government that a place is where it speaks.
pub(super) fn set(words: &Words<'_, '_>, speakers: &mut [Speaker], mentions: &[Mention]) {
    for institution in speakers.iter_mut().filter(|speaker| speaker.kind == SpeakerKind::Institution) {
        let all = institution.mentions.iter().map(|&span| shown_name(words, span));
        let mut phrases = all.filter(|phrase| *phrase != institution.name);
        institution.sector =
            of(&institution.name, words.language).or_else(|| phrases.find_map(|phrase| of(&phrase, words.language)));
    }
    for mention in mentions.iter().filter(|mention| mention.label == Label::Place) {
        let owner = mention.speaker.and_then(|speaker| speakers.get_mut(speaker as usize));
        if let Some(place) = owner.filter(|owner| owner.kind == SpeakerKind::Institution) {
            place.sector = place.sector.or(Some(Sector::Government));
        }
    }
}

/// What sort of institution a name is; nothing where it does not tell.
pub(super) fn of(name: &str, language: &Language) -> Option<Sector> {
    let name = Name::new(name, language);
    let (head_end, end) = (name.head_end, name.words.len());
    let (front, rest) = (0..head_end, head_end..end);
    let whole = (end <= LONGEST).then(|| name.row(0..end)).flatten();
    let found = whole
        .or_else(|| name.governing(head_end))
        .or_else(|| name.last(front.clone(), Weight::Tells))
        .or_else(|| (head_end + 1..end).find_map(|at| name.governing(at)))
        .or_else(|| name.first(rest.clone(), Weight::Tells))
        .or_else(|| name.last(front, Weight::GivesWay))
        .or_else(|| name.first(rest, Weight::GivesWay));
    found.map(|(sector, _)| sector)
}

/// How much a row of the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// By itself.
    Tells,
    /// Where nothing else does: `sector?`.
    GivesWay,
    /// As the whole name: `sector!`.
    Whole,
}

type Found = (Sector, Weight);

/// The words of a name.
struct Name<'l> {
    language: &'l Language,
    /// In lower case, as the table has them.
    words: Vec<String>,
    /// Where those of its head end: before a preposition, a relative or a comma.
    head_end: usize,
}

impl<'l> Name<'l> {
    fn new(name: &str, language: &'l Language) -> Self {
        let mut words = Vec::new();
        let mut head_end = None;
        for part in name.split_whitespace().take(LONGEST_NAME) {
            let word = plain(part, language);
            if words.is_empty() && is_in(language.articles, &word) || word.is_empty() {
                continue;
            }
            let closes = is_preposition(&word, language) && !words.is_empty();
            words.push(word);
            if closes {
                head_end.get_or_insert(words.len() - 1);
            } else if part.ends_with(',') {
                head_end.get_or_insert(words.len());
            }
        }
        Self { language, head_end: head_end.unwrap_or(words.len()), words }
    }

    /// What the table says of some of its words together.
    fn row(&self, words: Range<usize>) -> Option<Found> {
        let [_, sector] = row(self.language.sectors, &self.words[words].join(" "))?;
        let weight = match sector.chars().next_back() {
            Some('?') => Weight::GivesWay,
            Some('!') => Weight::Whole,
            _ => Weight::Tells,
        };
        Some((Sector::named(sector.trim_end_matches(['?', '!']))?, weight))
    }

    /// The row of most words from `from` on that ends before `end`.
    fn ending(&self, from: usize, end: usize, weight: Weight) -> Option<Found> {
        let mut starts = end.saturating_sub(LONGEST).max(from)..end;
        // A longer row hides what it ends with: "chamber of commerce" is no "commerce".
        let longest = starts.find_map(|start| self.row(start..end).filter(|row| row.1 != Weight::Whole));
        longest.filter(|row| row.1 == weight)
    }

    /// The last row among some words: of a name's head, which says what it is, as "*Police* Federation" is a federation.
    fn last(&self, words: Range<usize>, weight: Weight) -> Option<Found> {
        (words.start + 1..=words.end).rev().find_map(|end| self.ending(words.start, end, weight))
    }

    /// The first row among some words.
    fn first(&self, words: Range<usize>, weight: Weight) -> Option<Found> {
        (words.start + 1..=words.end).find_map(|end| self.ending(words.start, end, weight))
    }

    /// The row around the preposition at `at`, if one is there: "Bank of England" is no bank like others.
    fn governing(&self, at: usize) -> Option<Found> {
        self.words.get(at).filter(|word| is_preposition(word, self.language))?;
        (at.saturating_sub(LONGEST)..at).find_map(|start| {
            let ends = (at + 2..=self.words.len().min(start + LONGEST)).rev().chain([at + 1]);
            ends.into_iter().find_map(|end| self.row(start..end).filter(|row| row.1 == Weight::Tells))
        })
    }
}

/// A word as the table has it: lower case, without possessive, stops of acronyms and marks around it.
fn plain(word: &str, language: &Language) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '&' && mark != ')');
    let bare = without_end(bare, language.possessive_clitics)
        .unwrap_or(bare)
        .trim_end_matches(|mark| mark == ')' && !bare.contains('('));
    // "U.S.", but not "Amazon.com".
    if bare.split('.').all(|part| part.chars().count() <= 1) { bare.replace('.', "") } else { bare.to_owned() }
}

fn is_preposition(word: &str, language: &Language) -> bool {
    let class = row(language.function_words, word).map(|[_, class]| *class);
    matches!(class, Some("preposition" | "relative")) || is_in(language.content_leads, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::analysis;
    use crate::lang::ENGLISH;
    use Sector::{Company, Court, Government, International, Media, Military, Ngo, Party, University};

    #[test]
    fn names_of_many_countries() {
        let table = [
            (
                Some(Government),
                "Department of Justice; the U.S. Department of Health and Human Services; Ministry of Defence; \
                 Australian Bureau of Statistics; Office for National Statistics; Bank of England; \
                 Monetary Policy Committee of the Bank of England; Central Bank of Nigeria; \
                 Reserve Bank of India; Fed; House of Commons; Virginia House of Delegates; House; \
                 Senate Judiciary Committee; Trump administration; Obama White House; Kenyan government; \
                 Pentagon; Kremlin; 10 Downing Street; Birmingham City Council; Greater Manchester Police; \
                 Police Service of Northern Ireland; Independent National Electoral Commission; \
                 Royal Canadian Mounted Police; Lok Sabha; Congress; F.B.I.; police; the council",
            ),
            (
                Some(Company),
                "Bank of America; Royal Bank of Scotland; State Bank of India; Zorblatt Ltd.; \
                 Zorblatt Group plc; Acme, Inc.; Kenya Airways; London Stock Exchange; Oxford University Press; \
                 Twitter; McDonald’s; The company, which has run the pier since May,",
            ),
            (
                Some(Media),
                "BBC; BBC Radio Ulster; Times Newspapers Ltd; The New York Times; Times of India; \
                 The Sydney Morning Herald; Australian Broadcasting Corporation; Press Trust of India; \
                 Xinhua news agency; Reuters; Fox Business Network; Local newspapers",
            ),
            (
                Some(Party),
                "Clinton campaign; Labour; Tories; GOP; BJP; ANC; African National Congress; Congress party; \
                 All Progressives Congress; Movement for Democratic Change; Republican National Committee; \
                 Jamaica Labour Party",
            ),
            (
                Some(University),
                "University of Nairobi; University of California, Berkeley; Harvard Law School; \
                 London School of Economics; Indian Institute of Technology; Brookings Institution; \
                 Center for Strategic and International Studies",
            ),
            (
                Some(Court),
                "Supreme Court; Court of Appeal for the Eastern Caribbean; Federal High Court in Abuja; \
                 Supreme Court of the State of Hawaii; European Court of Human Rights; Employment Appeal Tribunal",
            ),
            (Some(Military), "US Army; Parachute Regiment; Royal Australian Air Force; Irish Republican Army; Taliban"),
            (
                Some(Ngo),
                "Police Federation; National Union of Teachers; Trades Union Congress; \
                 Campaign for Nuclear Disarmament; Muslim Council of Britain; Salvation Army; National Trust; \
                 Church of Nigeria; St. Mary’s Hospital; Doctors Without Borders; FIFA; the hospital’s board",
            ),
            (
                Some(International),
                "World Bank; WHO; NATO; ECOWAS; U.N. Security Council; UN Human Rights Council; European Union; \
                 Organisation for Security and Cooperation in Europe",
            ),
            (None, "Zorblatt; Sydney Opera House; Two Rivers; ’s; of"),
        ];
        let names = table.iter().flat_map(|(sector, names)| names.split("; ").map(|name| (name, *sector)));
        let wrong: Vec<_> = names.filter(|(name, sector)| of(name, &ENGLISH) != *sector).collect();
        let found: Vec<_> = wrong.iter().map(|(name, sector)| (name, of(name, &ENGLISH), sector)).collect();
        assert!(wrong.is_empty(), "name, found, expected: {found:#?}");
        assert_eq!(of("", &ENGLISH), None);
    }

    #[test]
    fn the_table_can_be_looked_up() {
        let is_right = |[words, sector]: &&[&str; 2]| {
            let read = Name::new(words, &ENGLISH).words;
            // A name that is read is written so.
            read.join(" ") == *words
                && read.len() <= LONGEST
                && Sector::named(sector.trim_end_matches(['?', '!'])).is_some()
        };
        let wrong: Vec<_> = ENGLISH.sectors.iter().filter(|row| !is_right(row)).collect();
        assert!(wrong.is_empty(), "sectors.txt has rows that no name finds, or without a sector: {wrong:?}");
    }

    #[test]
    fn the_sector_of_a_speaker() {
        let table = [
            ("{s {i Acme Bank}} {c said} {t no}.", "Acme Bank", Some(Company)),
            ("{s Police} {c said} {t no}.", "Police", Some(Government)),
            // A place that speaks is its government; one that is only named is nobody.
            ("{s {l Norway}} {c said} {t no}.", "Norway", Some(Government)),
            // What else it is called tells what its name does not.
            ("{i Zorblatt} closed. {s The company} {c said} {t no}.", "Zorblatt", Some(Company)),
            ("{s {i Zorblatt}} {c said} {t no}.", "Zorblatt", None),
            ("{s {p Anna Church}} {c said} {t no}.", "Anna Church", None),
        ];
        for (text, name, sector) in table {
            let (_, analysis) = analysis(text);
            let speaker = analysis.speakers.iter().find(|speaker| speaker.name == name);
            assert_eq!(speaker.map(|speaker| speaker.sector), Some(sector), "{text}");
        }
    }
}
