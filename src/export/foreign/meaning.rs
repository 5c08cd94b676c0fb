//! [`Analysis`] -> [`Layer`], and back: what the marks and links of other tools mean here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::layer::{
    ATTRIBUTED_TO, CLAIM, CUE, HAS_CUE, HAS_SOURCE, INSIDE, Layer, Lost, Mark, Place, Points, SAME_AS, SOURCE, SPEAKER,
    capital, lost,
};
use crate::analysis::{Analysis, ZoneSpan};
use crate::claim::Claim;
use crate::entity::Mention;
use crate::lang::ENGLISH;
use crate::lang::identify::identify;
use crate::nesting::nest;
use crate::order::sort_by_key;
use crate::scheme::{ClaimForm, ClaimKind, Group, Label, MentionForm, Origin, Sector, SpeakerKind};
use crate::span::{Span, Units};
use crate::speaker::{Fact, Speaker};
use crate::summary::Summary;
use crate::text::Article;

impl Layer {
    /// The marks and links of an analysis of this text, and what of it they do not hold. A quotation that goes on from a
    /// claim is one more part of it.
    pub fn of(text: &str, analysis: &Analysis) -> (Self, Vec<Lost>) {
        let units = Units::new(text);
        let place = |span: Span| -> Place {
            let points = units.code_points(span);
            [points.start, points.end]
        };
        let mut layer = Self { text: text.to_owned(), ..Self::default() };
        let meant = meant(analysis);
        let mut first: BTreeMap<u32, usize> = BTreeMap::new();
        let mut at: BTreeMap<(Span, Option<u32>), usize> = BTreeMap::new();
        for &Meant { span, label, form, origin, speaker } in &meant {
            let mut notes = BTreeMap::from([("mention".to_owned(), form.name().to_owned())]);
            notes.extend(made(origin));
            let mut name = capital(label.name());
            if speaker.is_some() {
                notes.insert("label".to_owned(), label.name().to_owned());
                SPEAKER.clone_into(&mut name);
            }
            let index = layer.mark(name, vec![place(span)], notes);
            at.insert((span, speaker), index);
            if let Some(speaker) = speaker {
                let first = *first.entry(speaker).or_insert(index);
                if first == index {
                    let facts = analysis.speakers.get(speaker as usize).map(facts).unwrap_or_default();
                    layer.marks[index].notes.extend(facts);
                } else {
                    layer.link(index, first, SAME_AS);
                }
            }
        }
        let mut shared: BTreeMap<(&str, Span), usize> = BTreeMap::new();
        let whole = analysis.whole_claims();
        let mut unplaced = 0;
        let mut indices = Vec::new();
        for claim in &whole {
            let notes = [
                ("form", claim.form.name().to_owned()),
                ("kind", claim.kind.name().to_owned()),
                ("confidence", format!("{:.3}", claim.confidence)),
            ];
            let notes = notes.map(|(name, value)| (name.to_owned(), value));
            let parts = claim.content.iter().map(|&part| place(part)).collect();
            let notes = notes.into_iter().chain(made(claim.origin)).collect();
            let index = layer.mark(CLAIM.to_owned(), parts, notes);
            indices.push(index);
            let speaker = claim.speaker.and_then(|speaker| {
                let within = claim.source.and_then(|source| {
                    let from = meant.partition_point(|one| one.span.start < source.start);
                    let mut near = meant[from..].iter().take_while(|one| one.span.start < source.end);
                    let said = near.find(|one| one.speaker == Some(speaker) && source.contains(one.span))?;
                    at.get(&(said.span, said.speaker))
                });
                within.or_else(|| first.get(&speaker)).copied()
            });
            unplaced += usize::from(claim.speaker.is_some() && speaker.is_none());
            for (span, label, link) in [(claim.source, SOURCE, HAS_SOURCE), (claim.cue, CUE, HAS_CUE)] {
                if let Some(span) = span {
                    // Several claims may have it together.
                    let mark = *shared
                        .entry((label, span))
                        .or_insert_with(|| layer.mark(label.to_owned(), vec![place(span)], BTreeMap::new()));
                    layer.link(index, mark, link);
                }
            }
            if let Some(speaker) = speaker {
                layer.link(index, speaker, ATTRIBUTED_TO);
            }
            if let Some(outer) = claim.inside.and_then(|outer| indices.get(outer as usize)) {
                layer.link(index, *outer, INSIDE);
            }
        }
        let unnamed = analysis.speakers.len() - first.len().min(analysis.speakers.len());
        let former = analysis.speakers.iter().flat_map(|speaker| &speaker.roles).filter(|fact| fact.former).count();
        let gone = [
            lost("speakers of claims, where the article has no mention of them", unplaced),
            lost("speakers without a mention", unnamed),
            lost("members of groups", analysis.speakers.iter().map(|speaker| speaker.members.len()).sum()),
            lost("places of roles and affiliations", facts_of(analysis).filter(|fact| fact.span.is_some()).count()),
            lost("signs that a role is past", former),
            lost(
                "confidences of mentions",
                analysis.mentions.iter().filter(|mention| mention.confidence < 1.0).count(),
            ),
            lost("confidences of speakers", whole.iter().filter(|claim| claim.speaker.is_some()).count()),
        ];
        (layer.sorted(), gone.into_iter().flatten().collect())
    }

    /// The analysis that has these marks, made by a user where they do not say otherwise: what it needs besides is read from the
    /// text. Marks and links that mean nothing here are listed.
    pub fn analysis(&self) -> (Analysis, Vec<Lost>) {
        let units = Units::new(&self.text);
        let article = Article::new(&self.text, &ENGLISH);
        let points = Points::new(&self.text);
        let span = |place: &Place| units.span_of_code_points(place[0], place[1]);
        let one = |mark: usize| self.marks[mark].parts.first().map(&span);
        let mut roots: Vec<usize> = Vec::new();
        let mut speaker_of: BTreeMap<usize, u32> = BTreeMap::new();
        for index in (0..self.marks.len()).filter(|&index| self.marks[index].label == SPEAKER) {
            let root = self.first(index);
            let place = roots.iter().position(|&other| other == root).unwrap_or_else(|| {
                roots.push(root);
                roots.len() - 1
            });
            speaker_of.insert(index, place as u32);
        }
        let mut speakers: Vec<Speaker> = roots
            .iter()
            .map(|&root| &self.marks[root])
            .map(|mark| speaker(mark, points.joined(&mark.parts, " ")))
            .collect();
        let mut mentions = Vec::new();
        let mut claims = Vec::new();
        let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
        for (index, mark) in self.marks.iter().enumerate() {
            match mark.label.as_str() {
                SOURCE | CUE => {}
                CLAIM => {
                    let speaker = self.to(index, ATTRIBUTED_TO).find_map(|to| speaker_of.get(&to)).copied();
                    let kind = ClaimKind::named(mark.note("kind")).unwrap_or(ClaimKind::Statement);
                    let form = ClaimForm::named(mark.note("form")).unwrap_or(ClaimForm::Indirect);
                    claims.push(Claim {
                        source: self.to(index, HAS_SOURCE).next().and_then(one),
                        cue: self.to(index, HAS_CUE).next().and_then(one),
                        content: mark.parts.iter().map(&span).collect(),
                        words: 0,
                        form,
                        kind,
                        group: if form == ClaimForm::Indirect { kind.group() } else { Group::Statement },
                        continues: None,
                        inside: None,
                        confidence: mark.note("confidence").parse().unwrap_or(1.0),
                        origin: origin(mark),
                        speaker,
                        speaker_confidence: if speaker.is_some() { 1.0 } else { 0.0 },
                    });
                }
                _ => match (mark.names(), one(index)) {
                    (found, Some(span)) if found.is_some() || mark.label == SPEAKER => {
                        let speaker = speaker_of.get(&index).copied();
                        let label = found.unwrap_or(Label::Person);
                        let form = MentionForm::named(mark.note("mention")).unwrap_or(MentionForm::Name);
                        let by = speaker.map(|speaker| &mut speakers[speaker as usize]);
                        // What whosaid found has an origin.
                        let is_described = form == MentionForm::Nominal
                            && mark.note("origin").is_empty()
                            && by.as_ref().is_some_and(|speaker| described(speaker.kind) == label);
                        if let Some(speaker) = by {
                            speaker.mentions.push(span);
                        }
                        if !is_described {
                            let origin = origin(mark);
                            mentions.push(Mention { span, label, form, confidence: 1.0, origin, speaker });
                        }
                    }
                    _ => *unknown.entry(format!("marks with the label {}", mark.label)).or_default() += 1,
                },
            }
        }
        sort_by_key(&mut claims, Claim::order);
        nest(&article, &mut claims);
        let summary = Summary::of(&claims, &speakers);
        let zones = ZoneSpan::all(&article);
        let language = identify(&self.text).to_owned();
        let analysis = Analysis { language, model: "imported".to_owned(), zones, mentions, claims, speakers, summary };
        let known = [ATTRIBUTED_TO, HAS_SOURCE, HAS_CUE, INSIDE, SAME_AS];
        for link in self.links.iter().filter(|link| !known.contains(&link.label.as_str())) {
            *unknown.entry(format!("links with the label {}", link.label)).or_default() += 1;
        }
        (analysis, unknown.into_iter().map(|(what, count)| Lost { what, count }).collect())
    }
}

/// A place that means somebody or something.
struct Meant {
    span: Span,
    label: Label,
    form: MentionForm,
    origin: Origin,
    speaker: Option<u32>,
}

/// All of them, in the order of the text, the longer one first. Descriptions ("a spokesman") are no mentions of an analysis:
/// their speakers alone know them.
fn meant(analysis: &Analysis) -> Vec<Meant> {
    let of = |mention: &Mention| Meant {
        span: mention.span,
        label: mention.label,
        form: mention.form,
        origin: mention.origin,
        speaker: mention.speaker,
    };
    let known: BTreeSet<(Span, u32)> =
        analysis.mentions.iter().filter_map(|mention| Some((mention.span, mention.speaker?))).collect();
    let mut all: Vec<Meant> = analysis.mentions.iter().map(of).collect();
    for (index, speaker) in (0..).zip(&analysis.speakers) {
        let label = described(speaker.kind);
        let others = speaker.mentions.iter().filter(|&&span| !known.contains(&(span, index)));
        all.extend(others.map(|&span| Meant {
            span,
            label,
            form: MentionForm::Nominal,
            origin: Origin::User,
            speaker: Some(index),
        }));
    }
    sort_by_key(&mut all, |one| (one.span.start, Reverse(one.span.end)));
    all
}

/// What is told of a mark that is no user's.
fn made(origin: Origin) -> Option<(String, String)> {
    (origin != Origin::User).then(|| ("origin".to_owned(), origin.name().to_owned()))
}

/// Who made a mark: people, where nothing is told, since they are who works in other tools.
fn origin(mark: &Mark) -> Origin {
    Origin::named(mark.note("origin")).unwrap_or(Origin::User)
}

/// What a description of such a speaker names.
fn described(kind: SpeakerKind) -> Label {
    if kind == SpeakerKind::Institution { Label::Institution } else { Label::Person }
}

fn facts_of(analysis: &Analysis) -> impl Iterator<Item = &Fact> {
    analysis.speakers.iter().flat_map(|speaker| speaker.roles.iter().chain(&speaker.affiliations))
}

/// What is told of a speaker.
fn facts(speaker: &Speaker) -> BTreeMap<String, String> {
    let list = |facts: &[Fact]| facts.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>().join("; ");
    let all = [
        ("name", speaker.name.clone()),
        ("speaker", speaker.kind.name().to_owned()),
        ("sector", speaker.sector.map_or(String::new(), |sector| sector.name().to_owned())),
        ("anonymous", if speaker.anonymous { "true".to_owned() } else { String::new() }),
        ("roles", list(&speaker.roles)),
        ("affiliations", list(&speaker.affiliations)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The speaker whose first mention this is, with these words.
fn speaker(mark: &Mark, words: String) -> Speaker {
    let note = |name: &str| mark.note(name);
    let list = |name: &str| -> Vec<Fact> {
        let parts = note(name).split("; ").filter(|part| !part.is_empty());
        parts.map(|part| Fact { text: part.to_owned(), ..Fact::default() }).collect()
    };
    let of_label = || match Label::named(note("label")) {
        Some(Label::Institution | Label::Place) => SpeakerKind::Institution,
        _ => SpeakerKind::Person,
    };
    Speaker {
        name: if note("name").is_empty() { words } else { note("name").to_owned() },
        kind: SpeakerKind::named(note("speaker")).unwrap_or_else(of_label),
        anonymous: note("anonymous") == "true",
        sector: Sector::named(note("sector")),
        roles: list("roles"),
        affiliations: list("affiliations"),
        ..Speaker::default()
    }
}
