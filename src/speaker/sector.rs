//! Names of institutions -> their sectors, by the words that head them: `sectors.txt`.

use super::entry::shown_name;
use super::{Sector, Speaker, SpeakerKind};
use crate::entity::Mention;
use crate::lang::en::{FUNCTION_WORDS, SECTORS};
use crate::lang::row;
use crate::model::{Label, Words};

/// The longest row of the table, in words.
const LONGEST: usize = 5;

/// The longest name that is read to its end, in words: a source that nothing names may be half a sentence.
const LONGEST_NAME: usize = 16;

/// Sets the sector of every institution: by its name, else by another of the phrases that mean it ("the company"), else
/// as the government that a place is where it speaks.
pub(super) fn set(words: &Words<'_, '_>, speakers: &mut [Speaker], mentions: &[Mention]) {
    for institution in speakers.iter_mut().filter(|speaker| speaker.kind == SpeakerKind::Institution) {
        let phrases = || institution.mentions.iter().map(|&span| shown_name(words, span));
        institution.sector = of(&institution.name).or_else(|| phrases().find_map(|phrase| of(&phrase)));
    }
    for mention in mentions.iter().filter(|mention| mention.label == Label::Place) {
        let owner = mention.speaker.and_then(|speaker| speakers.get_mut(speaker as usize));
        if let Some(place) = owner.filter(|owner| owner.kind == SpeakerKind::Institution) {
            place.sector = place.sector.or(Some(Sector::Government));
        }
    }
}

/// What sort of institution a name is; nothing where it does not tell.
pub(super) fn of(name: &str) -> Option<Sector> {
    let (words, head_end) = parsed(name);
    let (front, rest) = words.split_at(head_end);
    let whole = (words.len() <= LONGEST).then(|| entry(&words)).flatten();
    let found = whole
        .or_else(|| governing(&words, head_end))
        .or_else(|| last(front, Weight::Tells))
        .or_else(|| (head_end + 1..words.len()).find_map(|at| governing(&words, at)))
        .or_else(|| first(rest, Weight::Tells))
        .or_else(|| last(front, Weight::GivesWay))
        .or_else(|| first(rest, Weight::GivesWay));
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

/// What the table says of some words together.
fn entry(words: &[String]) -> Option<Found> {
    let [_, sector] = row(SECTORS, &words.join(" "))?;
    let weight = match sector.chars().next_back() {
        Some('?') => Weight::GivesWay,
        Some('!') => Weight::Whole,
        _ => Weight::Tells,
    };
    Some((named(sector.trim_end_matches(['?', '!']))?, weight))
}

fn named(sector: &str) -> Option<Sector> {
    Some(match sector {
        "government" => Sector::Government,
        "company" => Sector::Company,
        "media" => Sector::Media,
        "party" => Sector::Party,
        "university" => Sector::University,
        "court" => Sector::Court,
        "military" => Sector::Military,
        "ngo" => Sector::Ngo,
        "international" => Sector::International,
        _ => return None,
    })
}

/// The row of most words that ends before `end`.
fn ending(words: &[String], end: usize, weight: Weight) -> Option<Found> {
    let starts = end.saturating_sub(LONGEST)..end;
    // A longer row hides what it ends with: "chamber of commerce" is no "commerce".
    let longest = starts.into_iter().find_map(|start| entry(&words[start..end]).filter(|row| row.1 != Weight::Whole));
    longest.filter(|row| row.1 == weight)
}

/// The last row in a name's head, which is what it is: "*Police* Federation" is a federation.
fn last(words: &[String], weight: Weight) -> Option<Found> {
    (1..=words.len()).rev().find_map(|end| ending(words, end, weight))
}

/// The first row in what follows the head.
fn first(words: &[String], weight: Weight) -> Option<Found> {
    (1..=words.len()).find_map(|end| ending(words, end, weight))
}

/// The row around the preposition at `at`, if one is there: "Bank of England" is no bank like others.
fn governing(words: &[String], at: usize) -> Option<Found> {
    words.get(at).filter(|word| is_preposition(word))?;
    (at.saturating_sub(LONGEST)..at).find_map(|start| {
        let ends = (at + 2..=words.len().min(start + LONGEST)).rev().chain([at + 1]);
        ends.into_iter().find_map(|end| entry(&words[start..end]).filter(|row| row.1 == Weight::Tells))
    })
}

/// A name's words in lower case, and where those of its head end: before a preposition, a relative or a comma.
fn parsed(name: &str) -> (Vec<String>, usize) {
    let mut words = Vec::new();
    let mut head_end = None;
    for part in name.split_whitespace().take(LONGEST_NAME) {
        let word = plain(part);
        if words.is_empty() && matches!(word.as_str(), "the" | "a" | "an") || word.is_empty() {
            continue;
        }
        let closes = is_preposition(&word) && !words.is_empty();
        words.push(word);
        if closes {
            head_end.get_or_insert(words.len() - 1);
        } else if part.ends_with(',') {
            head_end.get_or_insert(words.len());
        }
    }
    let head_end = head_end.unwrap_or(words.len());
    (words, head_end)
}

/// A word as the table has it: lower case, without possessive, stops of acronyms and marks around it.
fn plain(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '&' && mark != ')');
    let bare = bare.strip_suffix("'s").unwrap_or(bare).trim_end_matches(|mark| mark == ')' && !bare.contains('('));
    // "U.S.", but not "Amazon.com".
    if bare.split('.').all(|part| part.chars().count() <= 1) { bare.replace('.', "") } else { bare.to_owned() }
}

fn is_preposition(word: &str) -> bool {
    let class = row(FUNCTION_WORDS, word).map(|[_, class]| *class);
    matches!(class, Some("preposition" | "relative")) || word == "to" || word == "that"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::made_up::analysis;
    use Sector::{Company, Court, Government, International, Media, Military, Ngo, Party, University};

    #[test]
    fn names_of_many_countries() {
        let table = [
            ("Department of Justice", Some(Government)),
            ("the U.S. Department of Health and Human Services", Some(Government)),
            ("Ministry of Defence", Some(Government)),
            ("Australian Bureau of Statistics", Some(Government)),
            ("Office for National Statistics", Some(Government)),
            ("Bank of England", Some(Government)),
            ("Monetary Policy Committee of the Bank of England", Some(Government)),
            ("Central Bank of Nigeria", Some(Government)),
            ("Reserve Bank of India", Some(Government)),
            ("Fed", Some(Government)),
            ("House of Commons", Some(Government)),
            ("Virginia House of Delegates", Some(Government)),
            ("House", Some(Government)),
            ("Senate Judiciary Committee", Some(Government)),
            ("Trump administration", Some(Government)),
            ("Obama White House", Some(Government)),
            ("Kenyan government", Some(Government)),
            ("Pentagon", Some(Government)),
            ("Kremlin", Some(Government)),
            ("10 Downing Street", Some(Government)),
            ("Birmingham City Council", Some(Government)),
            ("Greater Manchester Police", Some(Government)),
            ("Police Service of Northern Ireland", Some(Government)),
            ("Independent National Electoral Commission", Some(Government)),
            ("Royal Canadian Mounted Police", Some(Government)),
            ("Lok Sabha", Some(Government)),
            ("Congress", Some(Government)),
            ("F.B.I.", Some(Government)),
            ("Bank of America", Some(Company)),
            ("Royal Bank of Scotland", Some(Company)),
            ("State Bank of India", Some(Company)),
            ("Zorblatt Ltd.", Some(Company)),
            ("Zorblatt Group plc", Some(Company)),
            ("Acme, Inc.", Some(Company)),
            ("Kenya Airways", Some(Company)),
            ("London Stock Exchange", Some(Company)),
            ("Oxford University Press", Some(Company)),
            ("Twitter", Some(Company)),
            ("McDonald’s", Some(Company)),
            ("BBC", Some(Media)),
            ("BBC Radio Ulster", Some(Media)),
            ("Times Newspapers Ltd", Some(Media)),
            ("The New York Times", Some(Media)),
            ("Times of India", Some(Media)),
            ("The Sydney Morning Herald", Some(Media)),
            ("Australian Broadcasting Corporation", Some(Media)),
            ("Press Trust of India", Some(Media)),
            ("Xinhua news agency", Some(Media)),
            ("Reuters", Some(Media)),
            ("Fox Business Network", Some(Media)),
            ("Clinton campaign", Some(Party)),
            ("Labour", Some(Party)),
            ("Tories", Some(Party)),
            ("GOP", Some(Party)),
            ("BJP", Some(Party)),
            ("ANC", Some(Party)),
            ("African National Congress", Some(Party)),
            ("Congress party", Some(Party)),
            ("All Progressives Congress", Some(Party)),
            ("Movement for Democratic Change", Some(Party)),
            ("Republican National Committee", Some(Party)),
            ("Jamaica Labour Party", Some(Party)),
            ("University of Nairobi", Some(University)),
            ("University of California, Berkeley", Some(University)),
            ("Harvard Law School", Some(University)),
            ("London School of Economics", Some(University)),
            ("Indian Institute of Technology", Some(University)),
            ("Brookings Institution", Some(University)),
            ("Center for Strategic and International Studies", Some(University)),
            ("Supreme Court", Some(Court)),
            ("Court of Appeal for the Eastern Caribbean", Some(Court)),
            ("Federal High Court in Abuja", Some(Court)),
            ("Supreme Court of the State of Hawaii", Some(Court)),
            ("European Court of Human Rights", Some(Court)),
            ("Employment Appeal Tribunal", Some(Court)),
            ("US Army", Some(Military)),
            ("Parachute Regiment", Some(Military)),
            ("Royal Australian Air Force", Some(Military)),
            ("Irish Republican Army", Some(Military)),
            ("Taliban", Some(Military)),
            ("Police Federation", Some(Ngo)),
            ("National Union of Teachers", Some(Ngo)),
            ("Trades Union Congress", Some(Ngo)),
            ("Campaign for Nuclear Disarmament", Some(Ngo)),
            ("Muslim Council of Britain", Some(Ngo)),
            ("Salvation Army", Some(Ngo)),
            ("National Trust", Some(Ngo)),
            ("Church of Nigeria", Some(Ngo)),
            ("St. Mary’s Hospital", Some(Ngo)),
            ("Doctors Without Borders", Some(Ngo)),
            ("FIFA", Some(Ngo)),
            ("World Bank", Some(International)),
            ("WHO", Some(International)),
            ("NATO", Some(International)),
            ("ECOWAS", Some(International)),
            ("U.N. Security Council", Some(International)),
            ("UN Human Rights Council", Some(International)),
            ("European Union", Some(International)),
            ("Organisation for Security and Cooperation in Europe", Some(International)),
            // What nothing names.
            ("police", Some(Government)),
            ("the council", Some(Government)),
            ("The company, which has run the pier since May,", Some(Company)),
            ("Local newspapers", Some(Media)),
            ("the hospital’s board", Some(Ngo)),
            // What the name does not tell.
            ("Zorblatt", None),
            ("Sydney Opera House", None),
            ("Two Rivers", None),
            ("’s", None),
            ("of", None),
            ("", None),
        ];
        let wrong: Vec<_> = table.iter().filter(|(name, sector)| of(name) != *sector).collect();
        let found: Vec<_> = wrong.iter().map(|(name, sector)| (name, of(name), sector)).collect();
        assert!(wrong.is_empty(), "name, found, expected: {found:#?}");
    }

    #[test]
    fn the_table_can_be_looked_up() {
        let is_right = |[words, sector]: &&[&str; 2]| {
            let (read, _) = parsed(words);
            // A name that is read is written so.
            read.join(" ") == *words && read.len() <= LONGEST && named(sector.trim_end_matches(['?', '!'])).is_some()
        };
        let wrong: Vec<_> = SECTORS.iter().filter(|row| !is_right(row)).collect();
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
