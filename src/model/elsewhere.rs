//! What an article says of its words: where each is capitalised, in what names it stands, and next to what.
//!
//! Each place of a word gives facts, a set of bits of [`bit`](super::bit). A word's tally holds the facts that
//! one place gives and those that two or more give, so that what the other places say is known without asking them.

use std::collections::HashMap;

use super::bit::{
    ABBREVIATED, ABBREVIATES, ACRONYM, AFTER_FIRST_NAME, AFTER_IN, AFTER_OF, AFTER_THE, ALL_CAPITALS, ALONE, APPOSED,
    BEFORE_PLACE, BEGINS_NAME, BEGINS_ORGANISATION, BEGINS_PLACE, BRACKETED, CAPITAL, CAPITALISED, FIRST, FIRST_NAME,
    HEADED, IN_ORGANISATION, IN_PERSON, IN_SPEAKER, IN_TITLED, INSIDE_NAME, INSIDE_ORGANISATION, LAST, LAST_ALONE,
    LAST_SPEAKS, MIDDLE, MOSTLY_SMALL, NO_CAPITALS, OFTEN_CAPITALISED, ORGANISATION_WORD, ORGANISED, PARTICLE, PLACE,
    POSSESSIVE, REPEATED, SMALL, SPEAKS, SPOKEN, TITLE, TITLED, set,
};
use super::form::{Form, Forms};
use crate::lang::is_in;
use crate::lexis::{Class, Words};
use crate::span::Run;
use crate::text::TokenKind;

/// How many words of an apposition are looked through for a title.
const LONGEST_ROLE: usize = 5;

/// The facts of a word's places.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// What some place says.
    once: u64,
    /// What two places or more say.
    twice: u64,
    /// What holds of the word wherever it stands.
    always: u64,
    /// How many places have no capital.
    small: u32,
    /// How many places have a capital that only names have.
    capitals: u32,
}

impl Tally {
    const fn add(&mut self, facts: u64) {
        self.twice |= self.once & facts;
        self.once |= facts;
    }

    /// What places say apart from one with these facts.
    const fn without(&self, facts: u64) -> u64 {
        self.twice | self.once & !facts | self.always
    }
}

/// A run of capitalised words without the titles in front.
#[derive(Debug, Clone, Copy)]
struct Name {
    run: Run,
    /// Where its titles start.
    from: usize,
}

/// An article whose words are tallied.
struct Tallies<'a, 'w, 't> {
    words: &'a Words<'w, 't>,
    forms: &'a Forms,
    /// By [`Form::word`].
    of: Vec<Tally>,
}

/// Adds to each token's bits what its name and the rest of the article say.
pub(super) fn add(words: &Words<'_, '_>, forms: &Forms, bits: &mut [u64]) {
    let mut tallies = Tallies { words, forms, of: vec![Tally::default(); forms.words] };
    let mut facts = vec![0; bits.len()];
    tallies.count(bits, &mut facts);
    let names = tallies.names(bits);
    for &name in &names {
        tallies.describe(name, bits, &mut facts);
    }
    tallies.abbreviate(&names, bits, &mut facts);
    for (token, &facts) in facts.iter().enumerate().filter(|(_, facts)| **facts != 0) {
        tallies.of[forms.at(token).word as usize].add(facts);
    }
    tallies.look_back(&names, bits, &facts);
    for (token, bits) in bits.iter_mut().enumerate() {
        *bits |= tallies.elsewhere(token, *bits, facts[token]);
    }
}

impl Tallies<'_, '_, '_> {
    /// Counts how each word is capitalised, and marks the capitals that only names have.
    fn count(&mut self, bits: &mut [u64], facts: &mut [u64]) {
        let article = self.words.article;
        for sentence in &article.sentences {
            let paragraph = &article.paragraphs[sentence.paragraph];
            if !paragraph.zone.is_read() {
                continue;
            }
            let is_title = self.words.titles[sentence.paragraph];
            let case = bits[sentence.tokens.start] & (ALL_CAPITALS | NO_CAPITALS);
            let mut opens = true;
            for token in sentence.tokens.range().skip_while(|&token| token < paragraph.body_from) {
                match self.words.kind(token) {
                    TokenKind::Word => {
                        let form = self.forms.at(token);
                        let tally = &mut self.of[form.word as usize];
                        if !form.capitalised {
                            tally.small += u32::from(case == 0);
                        } else if is_title || case != 0 {
                            facts[token] |= if self.words.class(token) == Class::Open { HEADED } else { 0 };
                        } else if !opens {
                            tally.capitals += 1;
                            bits[token] |= CAPITAL;
                        }
                        opens = false;
                    }
                    TokenKind::Number | TokenKind::Address => opens = false,
                    TokenKind::QuoteOpen => opens = true,
                    _ => opens |= self.words.lower(token) == ":",
                }
            }
        }
    }

    /// All names, in order.
    fn names(&self, bits: &[u64]) -> Vec<Name> {
        let article = self.words.article;
        let mut found = Vec::new();
        for sentence in &article.sentences {
            let paragraph = &article.paragraphs[sentence.paragraph];
            let is_title = self.words.titles[sentence.paragraph] || bits[sentence.tokens.start] & ALL_CAPITALS != 0;
            if is_title || !paragraph.zone.is_read() {
                continue;
            }
            let mut token = sentence.tokens.start.max(paragraph.body_from);
            while token < sentence.tokens.end {
                // A sentence's first word that the article writes small has a capital for that alone.
                if !self.is_name_word(token) || bits[token] & CAPITAL == 0 && self.is_small(token) {
                    token += 1;
                    continue;
                }
                let mut end = token + 1;
                while end < sentence.tokens.end && (self.is_name_word(end) || self.joins(end, sentence.tokens.end)) {
                    end += 1;
                }
                self.split(Run::new(token, end), bits, &mut found);
                token = end;
            }
        }
        found
    }

    fn is_name_word(&self, token: usize) -> bool {
        self.words.class(token) == Class::Open && self.forms.get(token).is_some_and(|form| form.capitalised)
    }

    fn is_small(&self, token: usize) -> bool {
        let tally = &self.of[self.forms.at(token).word as usize];
        tally.small > tally.capitals
    }

    fn is(&self, token: usize, lists: u64) -> bool {
        self.forms.get(token).is_some_and(|form| form.is(lists))
    }

    /// "Department *of* Justice", "Ministry *of the* Interior", "Johnson *&* Johnson", "Ursula *von der* Leyen": whether a
    /// token that is no name's word, with a name's word somewhere before it, goes on with the name.
    fn joins(&self, token: usize, end: usize) -> bool {
        let next = |ahead: usize| token + ahead < end && self.is_name_word(token + ahead);
        let before = self.words.lower(token - 1);
        match self.words.lower(token) {
            "&" => next(1),
            word if is_in(self.words.language.office_leads, word) => {
                let organised = self.is(token - 1, ORGANISATION_WORD) || is_in(self.words.language.bodies, before);
                organised
                    && (next(1) || is_in(self.words.language.definite_articles, self.words.lower(token + 1)) && next(2))
            }
            word if is_in(self.words.language.definite_articles, word) => {
                is_in(self.words.language.office_leads, before) && next(1)
            }
            _ => self.is(token, PARTICLE) && (next(1) || self.is(token + 1, PARTICLE) && next(2)),
        }
    }

    /// Parts a run at titles: "Treasury Secretary Anna Berg" names "Treasury" and "Anna Berg".
    fn split(&self, run: Run, bits: &[u64], found: &mut Vec<Name>) {
        let mut rest = run.start + 1..run.end;
        let listed = bits[run.start] & BEGINS_ORGANISATION != 0;
        // "General Motors", "Justice Department": what starts as a title does is an institution.
        if listed && rest.clone().all(|token| bits[token] & INSIDE_ORGANISATION != 0)
            || run.len() > 1 && rest.all(|token| self.is(token, ORGANISATION_WORD))
        {
            found.push(Name { run, from: run.start });
            return;
        }
        // "Secretary of State Anna Berg": the title goes over an "of".
        let over = run.len() > 2
            && run.start > 1
            && is_in(self.words.language.owner_leads, self.words.lower(run.start - 1))
            && self.is(run.start - 2, TITLE);
        let start = run.start + usize::from(over);
        let is_title = |token: &usize| self.is(*token, TITLE) && self.is_name_word(*token);
        let Some(last) = (start..run.end - 1).rev().find(is_title) else {
            found.push(Name { run: Run::new(start, run.end), from: run.start });
            return;
        };
        let first = (start..=last).find(is_title).unwrap_or(last);
        if first > start {
            found.push(Name { run: Run::new(start, first), from: run.start });
        }
        if self.is_name_word(last + 1) {
            found.push(Name { run: Run::new(last + 1, run.end), from: first });
        }
    }

    /// Gives each word of a name its facts, and its bits that say where it stands.
    fn describe(&self, name: Name, bits: &mut [u64], facts: &mut [u64]) {
        let run = name.run;
        let around = self.around(name, bits);
        let is_person = run.len() > 1 && self.is(run.start, FIRST_NAME);
        let here = [
            (IN_ORGANISATION, around & ORGANISED != 0),
            (IN_TITLED, around & TITLED != 0),
            (IN_PERSON, is_person),
            (IN_SPEAKER, around & (SPEAKS | SPOKEN) != 0),
        ];
        let here = set(&here);
        for token in run.range() {
            bits[token] |= here | if token == run.start { BEGINS_NAME } else { INSIDE_NAME };
            let place = match token {
                _ if run.len() == 1 => ALONE,
                _ if token == run.start => FIRST,
                _ if token + 1 < run.end => MIDDLE,
                _ if is_person => LAST | AFTER_FIRST_NAME,
                _ => LAST,
            };
            facts[token] |= if self.is_name_word(token) { around | place } else { 0 };
        }
    }

    /// What stands around a name, and what of institutions is in it.
    fn around(&self, name: Name, bits: &[u64]) -> u64 {
        let (run, words) = (name.run, self.words);
        let before = run.start.checked_sub(1).map_or("", |token| words.lower(token));
        let passes = |token: &usize| matches!(words.class(*token), Class::Auxiliary | Class::Adverb);
        let verb = (run.end..run.end + 4).find(|token| !passes(token)).unwrap_or(run.end);
        let says = |token: usize| self.forms.get(token).is_some_and(Form::says);
        let listed = BEGINS_ORGANISATION | INSIDE_ORGANISATION;
        let organised =
            |token: usize| run.len() > 1 && (self.is(token, ORGANISATION_WORD) || bits[token] & listed != 0);
        let comma = words.lower(run.end) == ",";
        let place = comma && bits.get(run.end + 1).is_some_and(|bits| bits & (PLACE | BEGINS_PLACE) != 0);
        let facts = [
            (TITLED, self.is_titled(name)),
            (ORGANISED, run.range().any(organised)),
            (SPEAKS, says(verb)),
            (SPOKEN, name.from > 1 && says(name.from - 1) && words.class(name.from - 2) == Class::Mark),
            (AFTER_IN, is_in(words.language.locating, before)),
            (AFTER_OF, is_in(words.language.owner_leads, before)),
            (AFTER_THE, is_in(words.language.definite_articles, before)),
            (POSSESSIVE, is_in(words.language.possessive_marks, words.lower(run.end))),
            (APPOSED, comma && self.is_apposed(run.end + 1)),
            (BEFORE_PLACE, place),
        ];
        set(&facts)
    }

    /// "President Berg", "Secretary of State Anna Berg", "the bank's chairman, Carl Lind,".
    fn is_titled(&self, name: Name) -> bool {
        let (run, words) = (name.run, self.words);
        let before = |back: usize| run.start.checked_sub(back);
        let is_title = |back: usize| before(back).is_some_and(|token| self.is(token, TITLE));
        let lower = |back: usize| before(back).map_or("", |token| words.lower(token));
        name.from < run.start
            || is_title(1)
            || is_in(words.language.owner_leads, lower(2)) && is_title(3)
            || lower(1) == "," && is_title(2) && words.class(run.end) == Class::Mark
    }

    /// "Carl Lind, *34*," or "Carl Lind, *a trader in fish*," or "Carl Lind, *who*": an apposition that starts at a token.
    fn is_apposed(&self, token: usize) -> bool {
        let words = self.words;
        let age = |word: &str| word.parse::<u8>().is_ok_and(|age| (5..=110).contains(&age));
        if is_in(words.language.person_relatives, words.lower(token))
            || words.class(token + 1) == Class::Mark && age(words.lower(token))
        {
            return true;
        }
        let determined = matches!(words.class(token), Class::Determiner | Class::Possessive);
        // In a list, "Carl Lind, Director Berg", the title is another's.
        if !determined && self.is_name_word(token) {
            return false;
        }
        let start = token + usize::from(determined);
        let goes_on = |token: &usize| {
            words.class(*token) == Class::Open || is_in(words.language.possessive_clitics, words.lower(*token))
        };
        (start..start + LONGEST_ROLE).take_while(goes_on).any(|token| self.is(token, TITLE))
    }

    /// Finds the capitals that stand for a name, and the names that capitals stand for.
    fn abbreviate(&mut self, names: &[Name], bits: &mut [u64], facts: &mut [u64]) {
        let acronym = |token: usize| self.words.lower(token).replace('.', "");
        let tokens: Vec<usize> = (0..bits.len()).filter(|&token| bits[token] & ACRONYM != 0).collect();
        let mut acronyms: HashMap<String, bool> = tokens.iter().map(|&token| (acronym(token), false)).collect();
        let mut brackets = Vec::new();
        for run in names.iter().map(|name| name.run).filter(|run| run.len() > 1) {
            let bracketed = self.words.lower(run.end) == "("
                && self.words.lower(run.end + 2) == ")"
                && bits[run.end + 1] & ACRONYM != 0;
            brackets.extend(bracketed.then_some(run.end + 1));
            let mut meant = false;
            for initials in self.initials(run) {
                let is_ending = |acronym: &String| initials.ends_with(acronym.as_str());
                let explained = bracketed.then(|| acronym(run.end + 1)).filter(is_ending);
                if let Some(found) = acronyms.get_mut(&explained.unwrap_or(initials)) {
                    (*found, meant) = (true, true);
                }
            }
            for token in run.range().filter(|_| meant) {
                bits[token] |= ABBREVIATED;
                facts[token] |= if self.is_name_word(token) { ABBREVIATED } else { 0 };
            }
        }
        let meant: Vec<usize> = tokens.into_iter().filter(|&token| acronyms[&acronym(token)]).collect();
        for (tokens, fact) in [(brackets, BRACKETED), (meant, ABBREVIATES)] {
            for token in tokens {
                self.of[self.forms.at(token).word as usize].always |= fact;
            }
        }
    }

    /// The initials of a name in lower case: of its capitalised words with their parts, and of all its words.
    fn initials(&self, run: Run) -> [String; 2] {
        let parts = run.range().flat_map(|token| self.words.article.word(token).split('-'));
        let first = |word: &str| word.chars().next();
        let capitals = parts.filter_map(first).filter(|first| first.is_uppercase()).flat_map(char::to_lowercase);
        let all = run.range().filter_map(|token| first(self.words.lower(token)));
        [capitals.collect(), all.collect()]
    }

    /// Marks names whose last word, or that themselves, stand elsewhere.
    fn look_back(&self, names: &[Name], bits: &mut [u64], facts: &[u64]) {
        let ids: Vec<u32> = (0..bits.len()).map(|token| self.forms.at(token).word).collect();
        let long = || names.iter().map(|name| name.run).filter(|run| run.len() > 1);
        let mut places: HashMap<&[u32], u32> = HashMap::new();
        for run in long() {
            *places.entry(&ids[run.range()]).or_default() += 1;
        }
        for run in long() {
            let last = run.end - 1;
            let said = self.of[ids[last] as usize].without(facts[last]);
            let marks = [
                (LAST_ALONE, said & ALONE != 0),
                (LAST_SPEAKS, said & (SPEAKS | SPOKEN | TITLED) != 0),
                (REPEATED, places[&ids[run.range()]] > 1),
            ];
            let marks = set(&marks);
            bits[run.range()].iter_mut().for_each(|bits| *bits |= marks);
        }
    }

    /// What the other places of a token's word say.
    fn elsewhere(&self, token: usize, bits: u64, facts: u64) -> u64 {
        let form = self.forms.at(token);
        let tally = &self.of[form.word as usize];
        let capitals = tally.capitals - u32::from(bits & CAPITAL != 0);
        let small = if form.capitalised { tally.small } else { 0 };
        let counts = [
            (SMALL, small > 0),
            (MOSTLY_SMALL, small > capitals),
            (CAPITALISED, capitals > 0),
            (OFTEN_CAPITALISED, capitals > 2),
        ];
        tally.without(facts) | set(&counts)
    }
}
