//! Sources, pronouns and descriptions -> speakers, in the order of the text: what the article tells first, then what is
//! said in its quotations.

use std::collections::HashMap;

use super::SpeakerKind;
use super::entry::{Entry, Gender, Index, honorific, shown_name};
use super::fact::describe_as;
use super::nominal::Description;
use super::phrase::{Noun, is_bound, is_verbal, person_noun};
use super::rank::{Place, best, candidates};
use super::scene::{Scene, Stance, run_of, stance};
use super::source::{self, Source, unnamed_kind};
use crate::attribution::Attribution;
use crate::entity::{Mention, MentionForm, Origin};
use crate::lang::en::{INSTITUTION_NOUNS, ORGANISATION_WORDS};
use crate::lang::{is_in, row};
use crate::model::{Class, Label, Words};
use crate::span::{Run, Span};
use crate::text::TokenKind;

/// A pronoun that is less likely to mean the likeliest is left unresolved.
const LEAST: f32 = 0.35;

/// A description that is no source counts only where whom it means is as certain as this.
const CERTAIN: f32 = 0.5;

/// The longest description that "who" may stand for, in tokens.
const LONGEST: usize = 12;

/// How many mentions back "the city" may mean.
const PLACES: usize = 16;

/// Who a source is that nothing was said of before, by kind and lower-case words.
type Unnamed = HashMap<(SpeakerKind, String), usize>;

/// What is looked at on the way through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    /// A name, by its mention.
    Name(usize),
    /// A pronoun that is no source.
    Pronoun,
    /// A description that is no source, by its head.
    Description(usize),
    /// What a person owns that speaks: "Berg's campaign", by its head.
    Owned(usize),
    /// The source of these claims that is no name, by the first of them.
    Source(usize),
    /// A quotation that goes on.
    Continuation(usize),
}

/// The way through the text.
struct Walk<'w, 'a, 't> {
    words: &'w Words<'a, 't>,
    /// The names, in the order of the text.
    names: &'w [Mention],
    index: &'w Index,
    entries: &'w mut Vec<Entry>,
    scene: Scene,
    unnamed: Unnamed,
    /// What was found on the way.
    added: Vec<Mention>,
}

/// Gives every source its speaker, and every continuation that of the claim before it; pronouns of persons and sources that
/// name nobody become mentions and, where no one fits a source, entries of their own.
pub(super) fn sources(
    words: &Words<'_, '_>,
    index: &Index,
    entries: &mut Vec<Entry>,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) {
    let mut unnamed = Unnamed::new();
    let speaking = name_sources(words, entries, &mut unnamed, mentions, attributions);
    let names = mentions.clone();
    let mut walk = Walk { words, names: &names, index, entries, scene: Scene::default(), unnamed, added: Vec::new() };
    let points = points(words, &names, attributions);
    for is_quoted in [false, true] {
        for &(token, point) in &points {
            // What is named in a quotation is seen on the first way.
            if words.is_quoted(token) == is_quoted || (matches!(point, Point::Name(_)) && !is_quoted) {
                walk.pass(token, point, &speaking, attributions);
            }
        }
        walk.scene.sort();
    }
    let added = std::mem::take(&mut walk.added);
    let is_shown = |new: &Mention| {
        new.speaker.is_none_or(|speaker| entries[speaker as usize].speaker.kind != SpeakerKind::Document)
    };
    mentions.extend(added.into_iter().filter(is_shown));
    mentions.sort_by_key(|mention| mention.span);
    // One source may stand for two claims: "he said …, adding …".
    mentions.dedup_by_key(|mention| (mention.span, mention.label, mention.speaker));
    for entry in entries {
        entry.speaker.mentions.sort_unstable();
        entry.speaker.mentions.dedup();
    }
}

/// Gives the sources that are names their speakers; for each mention, whether it speaks.
fn name_sources(
    words: &Words<'_, '_>,
    entries: &mut Vec<Entry>,
    unnamed: &mut Unnamed,
    mentions: &mut [Mention],
    attributions: &mut [Attribution],
) -> Vec<bool> {
    let mut speaking = vec![false; mentions.len()];
    for attribution in attributions {
        let Some((span, run)) = source_run(words, attribution) else { continue };
        let Source::Named(index) = source::of(words, mentions, run) else { continue };
        speaking[index] = true;
        let mention = &mut mentions[index];
        // A place that speaks is its government: "Berlin said no".
        let entry = mention.speaker.map_or_else(|| place(words, entries, unnamed, mention), |speaker| speaker as usize);
        // The whole phrase means the speaker as well: "Anna Berg, the finance minister".
        if mention.span != span {
            entries[entry].speaker.mentions.push(span);
        }
        attribution.speaker = Some(entry as u32);
    }
    speaking
}

fn source_run(words: &Words<'_, '_>, attribution: &Attribution) -> Option<(Span, Run)> {
    let span = attribution.source.filter(|_| attribution.continues.is_none())?;
    let run = words.article.tokens_in(span);
    (!run.is_empty()).then_some((span, run))
}

/// What the way through the text passes, in order.
fn points(words: &Words<'_, '_>, names: &[Mention], attributions: &[Attribution]) -> Vec<(usize, Point)> {
    let article = words.article;
    let mut points: Vec<(usize, Point)> = Vec::new();
    let mut sources: HashMap<usize, usize> = HashMap::new();
    for (index, attribution) in attributions.iter().enumerate() {
        if attribution.continues.is_some() {
            points.push((article.tokens_in(attribution.extent()).start, Point::Continuation(index)));
        } else if let Some((_, run)) = source_run(words, attribution).filter(|_| attribution.speaker.is_none()) {
            sources.entry(run.start).or_insert_with(|| {
                points.push((run.start, Point::Source(index)));
                index
            });
        }
    }
    let named = names.iter().enumerate().filter(|(_, mention)| mention.speaker.is_some());
    points.extend(named.map(|(index, mention)| (article.tokens_in(mention.span).start, Point::Name(index))));
    let mut covered = vec![false; article.tokens.len()];
    for run in attributions.iter().filter_map(|attribution| Some(source_run(words, attribution)?.1)) {
        covered[run.range()].fill(true);
    }
    for mention in names {
        covered[article.tokens_in(mention.span).range()].fill(true);
    }
    for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()) {
        for token in paragraph.tokens.range() {
            if is_pronoun(words, token) && !sources.contains_key(&token) {
                points.push((token, Point::Pronoun));
            } else if let Some(head) = description(words, token, &covered) {
                points.push((token, Point::Description(head)));
            }
        }
    }
    points.extend(names.iter().filter_map(|mention| {
        let run = article.tokens_in(mention.span);
        let head = owned(words, run).filter(|_| mention.label == Label::Person && mention.speaker.is_some())?;
        (!sources.contains_key(&run.start)).then_some((run.start, Point::Owned(head)))
    }));
    points.sort_unstable();
    points
}

/// The head of a description that starts with this determiner, all in small letters: "the agency", "her campaign".
fn description(words: &Words<'_, '_>, token: usize, covered: &[bool]) -> Option<usize> {
    let opens = matches!(words.class(token), Class::Determiner | Class::Possessive)
        && matches!(words.lower(token), "the" | "this" | "its" | "his" | "her" | "their");
    if !opens || covered[token] {
        return None;
    }
    let is_word = |&at: &usize| words.class(at) == Class::Open && words.kind(at) == TokenKind::Word && !covered[at];
    let end = (token + 1..covered.len())
        .take(4)
        .take_while(is_word)
        .find(|&at| !is_word(&(at + 1)) || is_finite(words, at + 1))?;
    let lower = words.lower(end);
    let is_head =
        row(INSTITUTION_NOUNS, lower).is_some() || person_noun(words, end).is_some_and(|(noun, _)| noun == Noun::Role);
    let is_owner = matches!(words.lower(end + 1), "'s" | "'");
    (is_head && !words.is_capitalised(end) && !is_owner).then_some(end)
}

fn is_finite(words: &Words<'_, '_>, token: usize) -> bool {
    words.lower(token).ends_with("ed") || is_verbal(words, token)
}

/// The head of "Berg's campaign", of which the person's name is given.
fn owned(words: &Words<'_, '_>, name: Run) -> Option<usize> {
    let end = name.end - usize::from(matches!(words.lower(name.end - 1), "'s" | "'"));
    let owns = matches!(words.lower(end), "'s" | "'");
    let is_body =
        matches!(words.lower(end + 1), "campaign" | "administration" | "office" | "team" | "camp" | "government");
    (owns && is_body).then_some(end + 1)
}

/// Whether a token is a pronoun that is looked at where it is no source: of a person, or of an institution that says
/// something.
fn is_pronoun(words: &Words<'_, '_>, token: usize) -> bool {
    let lower = words.lower(token);
    match lower {
        "it" => {
            let at = token + 1 + usize::from(words.class(token + 1) == Class::Adverb);
            is_verbal(words, at)
        }
        "who" | "which" => true,
        _ => gender_of(lower).is_some() || is_own(lower),
    }
}

/// "I", in a quotation.
fn is_own(word: &str) -> bool {
    matches!(word, "i" | "me" | "my" | "mine" | "myself")
}

fn gender_of(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

impl Walk<'_, '_, '_> {
    fn pass(&mut self, token: usize, point: Point, speaking: &[bool], attributions: &mut [Attribution]) {
        match point {
            Point::Name(index) => self.name(index, speaking[index]),
            Point::Pronoun => self.pronoun(token, attributions),
            Point::Description(head) => self.description(Run::new(token, head + 1), head),
            Point::Owned(head) => {
                let run = Run::new(token, head + 1);
                let entry = self.nominal(run, head);
                self.means(run, MentionForm::Nominal, entry, 0.7, stance(self.words, run));
            }
            Point::Source(index) => self.source(index, attributions),
            Point::Continuation(index) => {
                let from = attributions[index].continues.and_then(|from| attributions.get(from as usize));
                attributions[index].speaker = from.and_then(|from| from.speaker);
                if let Some(speaker) = attributions[index].speaker {
                    self.scene.speaks(token, speaker as usize);
                }
            }
        }
    }

    fn name(&mut self, index: usize, speaks: bool) {
        let mention = &self.names[index];
        let Some(entry) = mention.speaker else { return };
        let run = run_of(self.words, mention);
        let stance = if speaks { Stance::Source } else { stance(self.words, run) };
        self.scene.see(self.words, run, entry as usize, stance, MentionForm::Name);
    }

    /// A pronoun that is no source.
    fn pronoun(&mut self, token: usize, attributions: &[Attribution]) {
        let run = Run::new(token, token + 1);
        let lower = self.words.lower(token);
        let speaker = self.quoted_by(token, attributions);
        if is_own(lower) {
            if let Some(entry) = speaker.filter(|_| self.words.is_quoted(token)) {
                self.means(run, MentionForm::Pronoun, entry, 0.9, Stance::Other);
            }
            return;
        }
        let stance = stance(self.words, run);
        let found = match lower {
            "who" | "which" => self.right_before(token),
            "it" => self.institution(Place { token, stance: Stance::Subject, quoted: self.words.is_quoted(token) }),
            _ => self.antecedent(token, stance, speaker),
        };
        if let Some((entry, chance)) = found {
            self.means(run, MentionForm::Pronoun, entry, chance, stance);
        }
    }

    /// A description that is no source.
    fn description(&mut self, run: Run, head: usize) {
        if let Some((entry, chance)) = self.described(run, head).filter(|&(_, chance)| chance >= CERTAIN) {
            self.means(run, MentionForm::Nominal, entry, chance, stance(self.words, run));
        }
    }

    /// Which institution, or document, "it" means.
    fn institution(&self, place: Place) -> Option<(usize, f32)> {
        let chance = |entry: usize| match self.entries[entry].speaker.kind {
            SpeakerKind::Institution => Some(0.0),
            SpeakerKind::Document => Some(-0.5),
            _ => None,
        };
        let found = candidates(self.words, &self.scene, place, |entry| chance(entry).is_some());
        best(&found, |entry| chance(entry).unwrap_or(0.0)).filter(|&(_, share)| share >= LEAST)
    }

    /// Who says what stands at a token.
    fn quoted_by(&self, token: usize, attributions: &[Attribution]) -> Option<usize> {
        let span = self.words.article.tokens[token].span;
        // Claims stand in the order of their starts; one within another is rare.
        let end = attributions.partition_point(|attribution| attribution.extent().start <= span.start);
        let around = attributions[end.saturating_sub(4)..end].iter().rev();
        let mut around = around.filter(|attribution| attribution.content.iter().any(|part| part.contains(span)));
        around.next()?.speaker.map(|speaker| speaker as usize)
    }

    /// Whom "he" or "she" means; inside a quotation not who speaks.
    fn antecedent(&self, token: usize, stance: Stance, speaker: Option<usize>) -> Option<(usize, f32)> {
        let gender = gender_of(self.words.lower(token))?;
        let quoted = self.words.is_quoted(token);
        let place = Place { token, stance, quoted };
        let may = |entry: usize| self.entries[entry].is_one() && !(quoted && speaker == Some(entry));
        let found = candidates(self.words, &self.scene, place, may);
        if std::env::var_os("DUMP").is_some() {
            let g = |g: Gender| match g {
                Gender::Female => 'f',
                Gender::Male => 'm',
                Gender::Unknown => 'u',
            };
            let c: Vec<String> = found
                .iter()
                .map(|c| {
                    format!(
                        "{}:{}",
                        g(self.entries[c.entry].gender),
                        c.features.iter().map(|f| format!("{f:.2}")).collect::<Vec<_>>().join(",")
                    )
                })
                .collect();
            eprintln!("PRON {} {} {}", g(gender), if quoted { 'q' } else { 'n' }, c.join(" "));
        }
        best(&found, |entry| self.entries[entry].chance(gender)).filter(|&(entry, chance)| {
            chance >= LEAST && (self.entries[entry].gender == Gender::Unknown || self.entries[entry].gender == gender)
        })
    }

    /// Notes that a run means somebody.
    fn means(&mut self, run: Run, form: MentionForm, entry: usize, confidence: f32, stance: Stance) {
        if let Some(gender) = gender_of(self.words.lower(run.start)).filter(|_| form == MentionForm::Pronoun) {
            self.entries[entry].is_guessed(gender);
        }
        let span = self.words.article.span(run);
        self.entries[entry].speaker.mentions.push(span);
        let label = match self.entries[entry].speaker.kind {
            SpeakerKind::Institution => Label::Institution,
            _ => Label::Person,
        };
        let confidence = crate::entity::to_thousandths(confidence.min(0.95));
        self.added.push(Mention { span, label, form, confidence, origin: Origin::Rule, speaker: Some(entry as u32) });
        self.scene.see(self.words, run, entry, stance, form);
    }

    /// A source that is no name: it speaks for every claim that has it.
    fn source(&mut self, index: usize, attributions: &mut [Attribution]) {
        let Some((span, run)) = source_run(self.words, &attributions[index]) else { return };
        let outer = self.quoted_by(run.start, attributions).filter(|_| self.words.is_quoted(run.start));
        let found = match source::of(self.words, self.names, run) {
            Source::Pronoun => {
                let found = self.pronoun_source(run.start, outer);
                if let Some((entry, chance)) = found {
                    self.means(run, MentionForm::Pronoun, entry, chance, Stance::Source);
                }
                found.map(|(entry, _)| entry)
            }
            Source::Nominal(head) => Some(self.nominal_source(run, head)),
            Source::Named(_) => None,
        };
        for attribution in attributions
            .iter_mut()
            .filter(|attribution| attribution.source == Some(span) && attribution.speaker.is_none())
        {
            attribution.speaker = found.map(|entry| entry as u32);
        }
    }

    fn pronoun_source(&mut self, token: usize, outer: Option<usize>) -> Option<(usize, f32)> {
        let words = self.words;
        let lower = words.lower(token);
        let place = Place { token, stance: Stance::Source, quoted: words.is_quoted(token) };
        match lower {
            "who" | "which" | "whom" | "that" | "whose" => self.relative(token),
            "it" | "its" | "itself" => self.institution(place),
            "they" | "them" | "their" | "themselves" => self.several(place),
            _ if is_own(lower) && outer.is_some() => outer.map(|entry| (entry, 0.9)),
            _ if gender_of(lower).is_some() => self.antecedent(token, Stance::Source, outer),
            _ => {
                let head = token;
                Some((self.nominal(Run::new(token, token + 1), head), 0.5))
            }
        }
    }

    /// Whom "they" means: a group, or an institution.
    fn several(&self, place: Place) -> Option<(usize, f32)> {
        let chance = |entry: usize| match self.entries[entry].speaker.kind {
            SpeakerKind::Group => Some(0.0),
            SpeakerKind::Anonymous => self.entries[entry].is_plural.then_some(0.0),
            SpeakerKind::Institution => Some(-1.0),
            _ => None,
        };
        let found = candidates(self.words, &self.scene, place, |entry| chance(entry).is_some());
        best(&found, |entry| chance(entry).unwrap_or(0.0)).filter(|&(_, share)| share >= LEAST)
    }

    /// Whom "who" means: what stands right before it.
    fn relative(&mut self, token: usize) -> Option<(usize, f32)> {
        if let Some(found) = self.right_before(token) {
            return Some(found);
        }
        let words = self.words;
        let (sentence, end) = self.before(token);
        // "the nominee for president, who": a description, from its determiner on.
        let bound = (sentence..end).rev().find(|&at| is_bound(words, at)).map_or(sentence, |at| at + 1);
        let determined = |&at: &usize| matches!(words.class(at), Class::Determiner | Class::Possessive);
        let start = (bound..end).rev().take(LONGEST).filter(|at| determined(at)).last()?;
        let run = Run::new(start, end);
        let Source::Nominal(head) = source::of(words, self.names, run) else { return None };
        let entry = self.described(run, head).map_or_else(|| self.nominal(run, head), |(entry, _)| entry);
        self.entries[entry].speaker.mentions.push(words.article.span(run));
        Some((entry, 0.6))
    }

    /// Where the sentence of a token starts, and where what stands before the token ends.
    fn before(&self, token: usize) -> (usize, usize) {
        let words = self.words;
        let start = words.article.sentences[words.article.sentence_of(token)].tokens.start;
        let mut end = token;
        while end > start && (words.class(end - 1) == Class::Mark && words.lower(end - 1) != "'s") {
            end -= 1;
        }
        (start, end)
    }

    /// The person, or of "which" the institution, whose name stands right before a token.
    fn right_before(&self, token: usize) -> Option<(usize, f32)> {
        let words = self.words;
        let (start, end) = self.before(token);
        if end <= start {
            return None;
        }
        let span = words.article.span(Run::new(start, end));
        let from = self.names.partition_point(|mention| mention.span.end <= span.start);
        let before = self.names[from..]
            .iter()
            .take_while(|mention| mention.span.start < span.end && mention.span.end <= span.end);
        let label = if words.lower(token) == "which" { Label::Institution } else { Label::Person };
        let last = before.filter(|mention| mention.speaker.is_some() && mention.label == label).last();
        // "Anna Berg, the minister, who", "Anna Berg of Acme Bank, who": no verb stands between.
        let runs_on = |mention: &&Mention| {
            let run = words.article.tokens_in(mention.span);
            let joins = words.lower(run.end) == "," && label == Label::Person
                || matches!(words.lower(run.end), "of" | "from" | "at");
            let rest = || (run.end + 1..end).filter(|&at| words.lower(at) != ",");
            run.end == end || joins && end - run.end < LONGEST && !rest().any(|at| is_bound(words, at))
        };
        last.filter(runs_on).and_then(|mention| Some((mention.speaker? as usize, 0.85)))
    }

    fn described(&self, run: Run, head: usize) -> Option<(usize, f32)> {
        Description { words: self.words, run, head }.means(&self.scene, self.entries, self.names)
    }

    fn nominal_source(&mut self, run: Run, head: usize) -> usize {
        let described = self.described(core(self.words, run), head).or_else(|| self.place_meant(run, head));
        let entry = described.map_or_else(|| self.nominal(run, head), |(entry, _)| entry);
        let chance = described.map_or(0.6, |(_, chance)| chance);
        self.means(run, MentionForm::Nominal, entry, chance, Stance::Source);
        if self.entries[entry].is_one() {
            describe_as(self.words, self.names, run, &mut self.entries[entry]);
        }
        entry
    }

    /// The place that "the city" means: the last that was named.
    fn place_meant(&mut self, run: Run, head: usize) -> Option<(usize, f32)> {
        let words = self.words;
        let is_place = matches!(
            words.lower(head),
            "city"
                | "town"
                | "village"
                | "state"
                | "country"
                | "nation"
                | "county"
                | "province"
                | "region"
                | "island"
                | "kingdom"
                | "republic"
        );
        if !is_place || words.lower(run.start) != "the" || run.len() > 2 {
            return None;
        }
        let start = words.article.tokens[run.start].span.start;
        let before = self.names.partition_point(|mention| mention.span.end <= start);
        let mention =
            self.names[before.saturating_sub(PLACES)..before].iter().rfind(|mention| mention.label == Label::Place)?;
        let name = shown_name(words, mention.span);
        let entry = match mention.speaker {
            Some(entry) => entry as usize,
            None => unnamed_entry(self.entries, &mut self.unnamed, SpeakerKind::Institution, name),
        };
        Some((entry, 0.5))
    }

    /// The entry of a source that names nobody who was found: one of the same words, or a new one.
    fn nominal(&mut self, run: Run, head: usize) -> usize {
        let words = self.words;
        if let Some(entry) = self.known(run) {
            return entry;
        }
        let kind = unnamed_kind(words, run, head);
        let core = core(words, run);
        let whole = matches!(kind, SpeakerKind::Group | SpeakerKind::Document);
        let shown = if whole { run } else { core };
        let name = match kind {
            SpeakerKind::Institution | SpeakerKind::Person => shown_name(words, words.article.span(shown)),
            _ => words.article.slice(shown).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        // "The towns" are the "three towns" of before: the last that had this head.
        let headed = (kind, format!("the {}", words.lower(head)));
        let entry = unnamed_entry(self.entries, &mut self.unnamed, kind, name);
        let new = &mut self.entries[entry];
        new.is_plural =
            words.lower(head).ends_with('s') && person_noun(words, head).is_none() || words.lower(head) == "people";
        if let Some((_, gender)) = person_noun(words, head) {
            new.is_told(gender);
        }
        if kind == SpeakerKind::Group {
            self.entries[entry].speaker.members = self.members(run);
        }
        if head + 1 == core.end && !words.is_capitalised(head) || core.len() > head + 1 - core.start {
            self.unnamed.insert(headed, entry);
        }
        entry
    }

    /// Whom a name means that was not found to be one: "Mr. Berg", "the candidate, Alhaji Carl Lind". A person who was not
    /// named before has an entry from here on.
    fn known(&mut self, run: Run) -> Option<usize> {
        let words = self.words;
        let (name, is_titled) = name_in(words, core(words, run)).or_else(|| {
            let comma = run.range().find(|&token| words.lower(token) == ",")?;
            let rest = Run::new(comma + 1, run.end);
            name_in(words, core(words, rest)).filter(|&(name, is_titled)| is_titled && name.len() > 1)
        })?;
        let text = shown_name(words, words.article.span(name));
        let gender = honorific(words, words.article.span(name));
        let kinds = [SpeakerKind::Person, SpeakerKind::Institution].into_iter();
        let mut found = kinds.filter_map(|kind| self.index.find(&text, kind, gender, self.entries));
        found.next().or_else(|| {
            is_titled.then(|| {
                let entry = unnamed_entry(self.entries, &mut self.unnamed, SpeakerKind::Person, text);
                self.entries[entry].is_told(gender);
                entry
            })
        })
    }

    /// Those whom "Anna Berg and Carl Lind" joins.
    fn members(&self, run: Run) -> Vec<u32> {
        let words = self.words;
        let span = words.article.span(run);
        let from = self.names.partition_point(|mention| mention.span.end <= span.start);
        let inside = self.names[from..].iter().take_while(|mention| mention.span.start < span.end);
        let joined = inside.filter(|mention| {
            let tokens = words.article.tokens_in(mention.span);
            let before = tokens.start.checked_sub(1).filter(|&before| before >= run.start);
            !matches!(words.lower(tokens.end), "'s" | "'")
                && before.is_none_or(|before| words.class(before) != Class::Preposition)
        });
        let mut members: Vec<u32> = joined.filter_map(|mention| mention.speaker).collect();
        members.sort_unstable();
        members.dedup();
        if members.len() > 1 { members } else { Vec::new() }
    }
}

/// A source up to its first comma, bracket or relative clause.
fn core(words: &Words<'_, '_>, run: Run) -> Run {
    let ends = |&token: &usize| {
        words.class(token) == Class::Relative
            || matches!(words.article.word(token), "," | "(" | "—" | "–" | "--")
            || words.lower(token) == "that"
    };
    let end = (run.start + 1..run.end).find(ends).unwrap_or(run.end);
    Run::new(run.start, end)
}

/// The name that a run is, titles and possessive left out, and whether a title stands before it.
fn name_in(words: &Words<'_, '_>, run: Run) -> Option<(Run, bool)> {
    let is_front = |&token: &usize| {
        words.is_title(token) && words.is_capitalised(token) || words.class(token) == Class::Determiner
    };
    let start = run.range().find(|token| !is_front(token))?;
    let is_titled = start > run.start && words.is_title(start - 1);
    let end = run.end - usize::from(matches!(words.lower(run.end - 1), "'s" | "'"));
    let is_name = |token: usize| {
        words.is_capitalised(token)
            && words.class(token) == Class::Open
            && !is_in(ORGANISATION_WORDS, words.lower(token))
    };
    let fits = start < end && (start..end).all(is_name) && !words.is_title_case(start);
    fits.then_some((Run::new(start, end), is_titled))
}

/// The entry of a place, which becomes the institution that speaks for it.
fn place(words: &Words<'_, '_>, entries: &mut Vec<Entry>, unnamed: &mut Unnamed, mention: &mut Mention) -> usize {
    let name = shown_name(words, mention.span);
    let entry = unnamed_entry(entries, unnamed, SpeakerKind::Institution, name);
    entries[entry].speaker.mentions.push(mention.span);
    mention.speaker = Some(entry as u32);
    entry
}

/// The entry of these words, made where there is none.
fn unnamed_entry(entries: &mut Vec<Entry>, unnamed: &mut Unnamed, kind: SpeakerKind, name: String) -> usize {
    *unnamed.entry((kind, name.to_lowercase())).or_insert_with(|| {
        let mut entry = Entry::new(name, kind, Gender::Unknown);
        entry.speaker.anonymous = kind == SpeakerKind::Anonymous;
        entries.push(entry);
        entries.len() - 1
    })
}

impl Entry {
    /// Whether it is one person, named or not.
    pub(super) fn is_one(&self) -> bool {
        match self.speaker.kind {
            SpeakerKind::Person => true,
            SpeakerKind::Anonymous => !self.is_plural,
            _ => false,
        }
    }

    /// The logarithm of how well it fits a gender.
    pub(super) fn chance(&self, gender: Gender) -> f32 {
        match (self.gender, self.guess) {
            (Gender::Unknown, Gender::Unknown) => -0.7,
            (Gender::Unknown, guess) => {
                if guess == gender || gender == Gender::Unknown {
                    -0.1
                } else {
                    -2.5
                }
            }
            (known, _) if known == gender || gender == Gender::Unknown => 0.0,
            _ => -4.0,
        }
    }

    /// What sort of institution it is.
    pub(super) const fn sector(&self) -> Option<super::Sector> {
        self.speaker.sector
    }
}
