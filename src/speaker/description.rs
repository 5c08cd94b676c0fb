//! Descriptions -> who or what was named before: "the minister", "the agency", "the New York businessman".

use std::collections::HashMap;

use super::discourse::{Discourse, Stance};
use super::draft::Draft;
use super::phrase::{Noun, is_former, is_possessive_mark, named, person_noun};
use super::rank::{Candidate, GOVERNED, Place, SAME_SENTENCE, best, candidates};
use crate::entity::Mention;
use crate::lang::{Language, is_in, row};
use crate::lexis::{Class, Words};
use crate::scheme::{Label, Sector, SpeakerKind};
use crate::span::Run;
use crate::text::Article;

/// How many mentions ahead a headline may mean.
const NEAR: usize = 64;

/// How many paragraphs of an article may speak of what is named later: headline, standfirst, the first of the body.
const OPENING: usize = 4;

/// Even the only one who fits a description is meant in no more than two of three places.
const LIKELIEST: f32 = 0.65;

/// A description is taken for the likeliest only when it is at least this likely.
const LEAST: f32 = 0.5;

/// The noun that stands for a noun and those of its meaning.
fn canonical<'n>(noun: &'n str, language: &Language) -> &'n str {
    let noun = noun.trim_end_matches('.');
    row(language.synonyms, noun).map_or(noun, |[_, stands]| stands)
}

/// Entries by the nouns that head their roles, and by the words of their names where they are institutions.
#[derive(Debug, Default)]
pub(super) struct Heads {
    drafts: HashMap<String, Vec<usize>>,
    /// Where the opening of the article ends, that may speak of what is named later: the first token behind it.
    opening: usize,
}

/// How many drafts of one noun are looked at.
const NAMESAKES: usize = 32;

impl Heads {
    pub(super) fn new(drafts: &[Draft], article: &Article<'_>) -> Self {
        let language = article.language;
        let opening = article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()).take(OPENING).last();
        let mut heads = Self { opening: opening.map_or(0, |paragraph| paragraph.tokens.end), ..Self::default() };
        for (index, draft) in drafts.iter().enumerate() {
            let lower = draft.speaker.name.to_lowercase();
            let names = if is_institution(draft) { lower.split(' ').collect() } else { Vec::new() };
            let roles: Vec<String> = draft.speaker.roles.iter().map(|role| role.text.to_lowercase()).collect();
            for word in names.into_iter().chain(roles.iter().map(|role| head_of(role, language))) {
                heads.add(canonical(word, language), index);
            }
        }
        heads
    }

    fn add(&mut self, noun: &str, draft: usize) {
        let same = self.drafts.entry(noun.to_owned()).or_default();
        if same.last() != Some(&draft) && same.len() < NAMESAKES {
            same.push(draft);
        }
    }

    fn of(&self, noun: &str) -> &[usize] {
        self.drafts.get(noun).map_or(&[], Vec::as_slice)
    }
}

/// The head of a role in small letters: "mayor" of "mayor of Port Callan".
fn head_of<'r>(role: &'r str, language: &Language) -> &'r str {
    let words = role.split(' ').enumerate();
    let is_front = |&(at, word): &(usize, &str)| at == 0 || !is_in(language.office_leads, word);
    words.take_while(is_front).last().map_or(role, |(_, word)| word)
}

/// A description in the text.
pub(super) struct Description<'w, 'a, 't> {
    pub words: &'w Words<'a, 't>,
    pub run: Run,
    /// Its head noun.
    pub head: usize,
}

impl Description<'_, '_, '_> {
    /// Whom it means of those who are named, and how sure that is.
    pub(super) fn means(
        &self,
        discourse: &Discourse,
        heads: &Heads,
        drafts: &[Draft],
        mentions: &[Mention],
    ) -> Option<(usize, f32)> {
        let named = self.is_named(discourse, heads, drafts, mentions);
        let is_simple = self.is_definite() && self.head + 1 == self.run.end;
        let likely =
            || self.is_likely(discourse, drafts, mentions).map(|(draft, chance)| (draft, chance.min(LIKELIEST)));
        named.or_else(|| if is_simple { likely() } else { None })
    }

    /// By a word of its own: "the mayor" who is a mayor, "the court" that is a court.
    fn is_named(
        &self,
        discourse: &Discourse,
        heads: &Heads,
        drafts: &[Draft],
        mentions: &[Mention],
    ) -> Option<(usize, f32)> {
        let words = self.words;
        let noun = canonical(words.lower(self.head), self.words.language);
        let is_definite = self.is_definite();
        let opens = self.run.start < heads.opening && words.language.singular(words.lower(self.head)).is_none();
        let fitting = heads.of(noun);
        if !(is_definite || opens) || fitting.is_empty() {
            return None;
        }
        let by_role = |draft: usize| is_person(&drafts[draft]) && self.fits_role(noun, &drafts[draft]);
        let by_name = |draft: usize| is_institution(&drafts[draft]) && self.fits_name(noun, &drafts[draft]);
        for fits in [&by_role as &dyn Fn(usize) -> bool, &by_name] {
            let those: Vec<usize> = fitting.iter().copied().filter(|&draft| fits(draft)).collect();
            let is_one = |draft: &usize| those.contains(draft);
            let mut near = discourse.before(words, self.run.start).map(|seen| seen.draft);
            if let Some(draft) = near.find(is_one).filter(|_| is_definite) {
                return Some((draft, 0.8));
            }
            if let Some(draft) = if opens { self.later(mentions).find(is_one) } else { None } {
                return Some((draft, 0.7));
            }
            if let (true, [only]) = (is_definite, &those[..])
                && discourse.count(*only) > 0
            {
                return Some((*only, 0.7));
            }
        }
        None
    }

    /// By what it is and how those stand who were seen: "the agency", "the New York businessman".
    fn is_likely(&self, discourse: &Discourse, drafts: &[Draft], mentions: &[Mention]) -> Option<(usize, f32)> {
        let words = self.words;
        let place = Place { token: self.run.start, stance: Stance::Source, quoted: words.is_quoted(self.run.start) };
        if let Some([_, sectors]) = row(self.words.language.institution_nouns, words.lower(self.head)) {
            if *sectors == "name" || self.has_owner(mentions) {
                return None;
            }
            let fitting = |draft: usize| match (drafts[draft].speaker.kind, drafts[draft].speaker.sector) {
                (SpeakerKind::Institution, Some(sector)) => {
                    sectors.split(',').any(|name| Sector::named(name) == Some(sector))
                }
                // "The station" is another body than "the firm".
                (SpeakerKind::Institution, None) => {
                    row(self.words.language.institution_nouns, &drafts[draft].speaker.name.to_lowercase()).is_none()
                }
                _ => false,
            };
            let chance = |draft: usize| if drafts[draft].speaker.sector.is_some() { 0.0 } else { -0.7 };
            let mut found = candidates(words, discourse, place, fitting);
            // "In a statement to the exchange, the company said", "Acme was accused by the union": what stands there is not it.
            let is_agent = self.run.start > 0 && is_in(words.language.agent_leads, words.lower(self.run.start - 1));
            if is_agent {
                found.retain(|candidate| !candidate.has(SAME_SENTENCE));
            }
            let is_aside = |candidate: &Candidate| candidate.has(SAME_SENTENCE) && candidate.has(GOVERNED);
            if found.iter().any(|candidate| !is_aside(candidate)) {
                found.retain(|candidate| !is_aside(candidate));
            }
            return best(&found, chance);
        }
        if is_in(self.words.language.unnamed, words.lower(self.head)) {
            let hidden =
                |draft: &usize| drafts[*draft].speaker.kind == SpeakerKind::Anonymous && drafts[*draft].is_one();
            let mut near = discourse.before(words, self.run.start).map(|seen| seen.draft);
            return near.find(hidden).map(|draft| (draft, 0.6));
        }
        let (noun, gender) = person_noun(words, self.head)?;
        // "The New York businessman", "the farmer": who spoke last; "the prosecutor" holds an office, or is not named.
        let is_owned = words.class(self.run.start) == Class::Possessive || self.has_owner(mentions);
        let is_certain = !is_owned
            && (noun == Noun::Person
                || self.run.len() > 2
                || !is_in(self.words.language.offices, canonical(words.lower(self.head), self.words.language)));
        let last = discourse.last_spoken(self.run.start).map(|(_, draft)| draft);
        let may = |draft: usize| is_person(&drafts[draft]) && drafts[draft].fits(gender);
        let found = best(&candidates(words, discourse, place, may), |draft| drafts[draft].chance(gender));
        found.filter(|&(draft, chance)| noun != Noun::Kin && is_certain && chance >= LEAST && last == Some(draft))
    }

    /// Whether a person is named in it: "Berg's lawyer".
    fn has_owner(&self, mentions: &[Mention]) -> bool {
        named(self.words, mentions, self.run).any(|(mention, _)| mention.label == Label::Person)
    }

    /// "The agency", "this court", "its president", "Oslo's mayor".
    fn is_definite(&self) -> bool {
        let words = self.words;
        let possessed = self.run.range().any(|token| is_possessive_mark(words, token));
        possessed
            || matches!(words.class(self.run.start), Class::Possessive)
            || is_in(words.language.definites, words.lower(self.run.start))
    }

    /// The speakers of the mentions that follow.
    fn later(&self, mentions: &[Mention]) -> impl Iterator<Item = usize> {
        let end = self.words.article.tokens[self.run.end - 1].span.end;
        let from = mentions.partition_point(|mention| mention.span.start < end);
        mentions[from..].iter().take(NEAR).filter_map(|mention| mention.speaker.map(|speaker| speaker as usize))
    }

    /// The words before the head that say which one is meant.
    fn modifiers(&self) -> impl Iterator<Item = usize> {
        let words = self.words;
        let open = move |&token: &usize| words.class(token) == Class::Open && words.lower(token) != "s";
        (self.run.start..self.head).filter(open)
    }

    /// "The mayor" is who is the mayor of Oslo.
    fn fits_role(&self, noun: &str, draft: &Draft) -> bool {
        let is_headed = |text: &str| {
            let lower = text.to_lowercase();
            let head = head_of(&lower, self.words.language);
            let is_bare = lower.starts_with(head);
            // "The prime minister" is no finance minister.
            let fits = |modifier: &str| is_bare || lower.contains(modifier) || belongs(draft, modifier);
            canonical(head, self.words.language) == noun
                && self.modifiers().all(|modifier| fits(self.words.lower(modifier)))
        };
        // "The mayor" is not the former one.
        let is_former = self.run.range().any(|token| is_former(self.words, token));
        person_noun(self.words, self.head).is_some_and(|(noun, _)| noun != Noun::Person)
            && draft.speaker.roles.iter().any(|role| (is_former || !role.former) && is_headed(&role.text))
    }

    /// "The appeals court" is the Court of Appeal for Oslo.
    fn fits_name(&self, noun: &str, draft: &Draft) -> bool {
        let words = self.words;
        let lower = draft.speaker.name.to_lowercase();
        let fits = |word: &str| {
            lower.split(' ').any(|part| {
                canonical(part, self.words.language) == word || part.trim_end_matches('s') == word.trim_end_matches('s')
            })
        };
        let is_noun = is_in(self.words.language.organisation_words, words.lower(self.head))
            || row(self.words.language.institution_nouns, words.lower(self.head)).is_some();
        // What starts a headline has a capital that says nothing.
        let first = self.run.start;
        let opens = words.article.sentences[words.article.sentence_of(first)].tokens.start == first;
        let is_small = |modifier: usize| opens && modifier == first || !words.is_capitalised(modifier);
        is_noun && fits(noun) && self.modifiers().all(|modifier| fits(words.lower(modifier)) || is_small(modifier))
    }
}

/// Whether a word is one of the names of where somebody belongs.
fn belongs(draft: &Draft, word: &str) -> bool {
    draft.speaker.affiliations.iter().any(|fact| fact.text.to_lowercase().split(' ').any(|part| part == word))
}

fn is_person(draft: &Draft) -> bool {
    draft.speaker.kind == SpeakerKind::Person
}

fn is_institution(draft: &Draft) -> bool {
    draft.speaker.kind == SpeakerKind::Institution
}

#[cfg(test)]
mod tests {
    use crate::lang::ENGLISH;
    use crate::speaker::tests::{check_by, meanings_of};

    #[test]
    fn by_role() {
        check_by(
            meanings_of,
            &[
                ("Mayor {p Anna Berg} left. {s The mayor} {c said} {t no}.", &["The mayor = Anna Berg"]),
                ("Mayor {p Anna Berg} left. They saw the mayor.", &["the mayor = Anna Berg"]),
                ("Mayor {p Anna Berg} left. {s This mayor} {c said} {t no}.", &["This mayor = Anna Berg"]),
                // The meaning counts, not the word.
                ("Sen. {p Anna Berg} left. {s The senator} {c said} {t no}.", &["The senator = Anna Berg"]),
                ("{p Anna Berg}, MP, left. {s The lawmaker} {c said} {t no}.", &["The lawmaker = Anna Berg"]),
                ("{p Anna Berg}, a lawyer, left. {s The attorney} {c said} {t no}.", &["The attorney = Anna Berg"]),
                // What stands before the noun has to fit.
                (
                    "Finance Minister {p Anna Berg} met Prime Minister {p Carl Lind}. {s The finance minister} {c said} {t no}.",
                    &["The finance minister = Anna Berg"],
                ),
                (
                    "Finance Minister {p Anna Berg} left. {s The prime minister} {c said} {t no}.",
                    &["The prime minister = The prime minister"],
                ),
                // Of two, the one seen last.
                (
                    "Mayor {p Anna Berg} met Mayor {p Carl Lind}. {s The mayor} {c said} {t no}.",
                    &["The mayor = Carl Lind"],
                ),
                // "A mayor" is any, and of several none is meant.
                ("Mayor {p Anna Berg} left. {s A mayor} {c said} {t no}.", &["A mayor = A mayor"]),
                ("Mayor {p Anna Berg} left. {s The mayors} {c said} {t no}.", &["The mayors = The mayors"]),
                // One who holds no office is not called by it.
                (
                    "{s {p Anna Berg}} {c said} {t no}. {s The prosecutor} {c said} {t so}.",
                    &["The prosecutor = The prosecutor"],
                ),
            ],
        );
    }

    #[test]
    fn by_name() {
        check_by(
            meanings_of,
            &[
                (
                    "The {i Halden Institute} left. {s The institute} {c said} {t no}.",
                    &["The institute = Halden Institute"],
                ),
                (
                    "The {i Halden Appeals Court} sat. {s The court} {c said} {t no}.",
                    &["The court = Halden Appeals Court"],
                ),
                (
                    "The {i Halden Appeals Court} sat. {s The appeals court} {c said} {t no}.",
                    &["The appeals court = Halden Appeals Court"],
                ),
                // Another meaning of the same.
                ("The {i Halden Group} left. They saw the company.", &["the company = Halden Group"]),
                // Of two, the last.
                (
                    "The {i Halden Court} and the {i Kent Court} sat. {s The court} {c said} {t no}.",
                    &["The court = Kent Court"],
                ),
                (
                    "{i Acme Bank} sued {i Kent Fund}. {s The bank} {c said} {t no}. {s The fund} {c said} {t so}.",
                    &["The bank = Acme Bank", "The fund = Kent Fund"],
                ),
                ("The {p Berg} campaign left. {s The campaign} {c said} {t no}.", &["The campaign = Berg campaign"]),
                // Another one.
                ("The {i Halden Appeals Court} sat. {s A court} {c said} {t no}.", &["A court = A court"]),
                ("The {i Halden Institute} left. {s The court} {c said} {t no}.", &["The court = court"]),
            ],
        );
    }

    #[test]
    fn by_what_it_is() {
        check_by(
            meanings_of,
            &[
                (
                    "The {i Halden Gazette} came. {s The newspaper} {c said} {t no}.",
                    &["The newspaper = Halden Gazette"],
                ),
                (
                    "The {i Kent Broadcasting Corporation} fell. {s The broadcaster} {c said} {t no}.",
                    &["The broadcaster = Kent Broadcasting Corporation"],
                ),
                // Not what is of another sort.
                ("The {i Halden Supreme Court} sat. {s The company} {c said} {t no}.", &["The company = company"]),
                ("{p Anna Berg} left. {s The company} {c said} {t no}.", &["The company = company"]),
                // Who spoke last is the farmer.
                (
                    "{s {p Anna Berg}} {c said} {t no}. {s The businesswoman} {c said} {t so}.",
                    &["The businesswoman = Anna Berg"],
                ),
                (
                    "{s {p Carl Lind}} {c said} {t no}. {s The 34-year-old} {c said} {t so}.",
                    &["The 34-year-old = Carl Lind"],
                ),
                // Who did not speak is not.
                ("{p Carl Lind} left. {s The farmer} {c said} {t so}.", &["The farmer = The farmer"]),
                // Nor is a man the businesswoman.
                (
                    "{s {p Carl Lind}} {c said} {t no}. {s The businesswoman} {c said} {t so}.",
                    &["The businesswoman = The businesswoman"],
                ),
                // Kin are somebody else.
                ("{s {p Carl Lind}} {c said} {t no}. {s The brother} {c said} {t so}.", &["The brother = The brother"]),
            ],
        );
    }

    #[test]
    fn what_a_headline_speaks_of_is_named_below() {
        check_by(
            meanings_of,
            &[
                ("{s Mayor} {c says} {t no}\n\nMayor {p Anna Berg} left the town on Monday.", &["Mayor = Anna Berg"]),
                (
                    "{s Court} {c says} {t no}\n\nThe {i Halden Appeals Court} sat on Monday.",
                    &["Court = Halden Appeals Court"],
                ),
                ("{s Mayor} {c says} {t no}\n\nMinister {p Anna Berg} left the town on Monday.", &["Mayor = Mayor"]),
                // Far below the headline nothing is meant that comes later.
                (
                    "It is so.\n\nIt went.\n\nIt came.\n\nIt fell.\n\nIt rose.\n\n{s A mayor} {c said} {t no}.\n\nMayor {p Anna Berg} left.",
                    &["A mayor = A mayor"],
                ),
            ],
        );
    }

    #[test]
    fn heads_of_roles() {
        let table = [
            ("mayor", "mayor"),
            ("mayor of port callan", "mayor"),
            ("chief economist", "economist"),
            ("spokesman for the board of trade", "spokesman"),
            ("", ""),
        ];
        for (role, expected) in table {
            assert_eq!(super::head_of(role, &ENGLISH), expected);
        }
        assert_eq!(["Sen.", "sen.", "mayor"].map(|noun| super::canonical(noun, &ENGLISH)), ["Sen", "senator", "mayor"]);
    }
}
