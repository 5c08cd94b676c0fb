//! [`Analysis`] -> the record that `whosaid annotate` prints and the scorers read: one an article, offsets in code points.
//! And the article that it is asked for: one a line.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::analysis::Analysis;
use crate::scheme::{ClaimForm, ClaimKind, Group, Label, MentionForm, Sector, SpeakerKind};
use crate::span::{Span, Units};
use crate::speaker::Fact;

/// A half-open place `[start, end)` in Unicode code points.
pub type Place = [usize; 2];

/// Who says what, as lists of places: empty where nobody or nothing is there, several for what is in parts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Who says it.
    pub source: Vec<Place>,
    /// The words that tell that it is said.
    pub cue: Vec<Place>,
    /// What is said.
    pub content: Vec<Place>,
}

impl Said {
    pub(super) fn of(claim: &crate::claim::Claim, place: impl Fn(Span) -> Place) -> Self {
        let one = |span: Option<Span>| span.map(&place).into_iter().collect();
        Self {
            source: one(claim.source),
            cue: one(claim.cue),
            content: claim.content.iter().copied().map(&place).collect(),
        }
    }
}

/// A claim.
#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    /// Its words.
    #[serde(flatten)]
    pub said: Said,
    /// How it is given.
    pub form: ClaimForm,
    /// What sort of claim it is.
    pub kind: ClaimKind,
    /// Whether it is said, or an attitude or decision.
    pub group: Group,
    /// How sure: 0 to 1.
    pub confidence: f32,
    /// Who makes it, by their place among the record's speakers; absent where that is not resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
    /// How sure that is, 0 to 1.
    pub speaker_confidence: f32,
    /// Index of the claim that it is told in, among the record's claims; absent for what the article itself tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside: Option<u32>,
}

/// A name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entity {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// `PER`, `ORG` or `LOC`; corpora have others too.
    #[serde(rename = "type")]
    pub label: String,
}

/// A speaker.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Speaker {
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Whether somebody knows more of it than the article says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Of an institution whose name tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Of a group: indices of those it joins, among the speakers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<u32>,
    /// What it does.
    pub roles: Vec<String>,
    /// What it belongs to or speaks for.
    pub affiliations: Vec<String>,
    /// Everywhere it is meant.
    pub mentions: Vec<Place>,
}

/// An annotated article.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// What was given: any JSON, character for character.
    pub id: Box<RawValue>,
    /// Other fields that were given, in the order in which they were asked for; those that the article lacks are left out.
    #[serde(flatten, serialize_with = "fields")]
    pub kept: Vec<Kept>,
    /// BCP 47 tag of the language that the text is written in: see [`Analysis::language`].
    pub language: String,
    /// What read it: kind and version.
    pub model: String,
    /// The version of whosaid that wrote it.
    pub whosaid: &'static str,
    /// Who says what, continuations among the parts of what they go on from.
    pub claims: Vec<Claim>,
    /// The names.
    pub entities: Vec<Entity>,
    /// Who speaks, or is named.
    pub speakers: Vec<Speaker>,
}

/// A field of an article that goes through to what is written of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What it is called there.
    pub name: String,
    /// Any JSON, character for character; absent where the article has no such field.
    pub value: Option<Box<RawValue>>,
}

fn fields<S: Serializer>(kept: &[Kept], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(kept.iter().filter_map(|Kept { name, value }| value.as_ref().map(|value| (name, value))))
}

/// An article as a line of a JSONL file gives it; other fields are passed over.
#[derive(Debug, Deserialize)]
pub struct Given {
    /// Any JSON, `null` too; absent where the line has none.
    #[serde(default, deserialize_with = "given_id")]
    pub id: Option<Box<RawValue>>,
    /// Its text.
    pub text: String,
}

fn given_id<'de, D: Deserializer<'de>>(id: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::deserialize(id).map(Some)
}

/// What every line of such a file has to look like.
pub const SHAPE: &str = r#"{"id": "…", "text": "…"}"#;

/// What is wrong with a line, by its column: the parser counts lines within it, of which there is one.
pub fn fault(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
    let what = match error.classify() {
        Category::Data => "not what is expected",
        Category::Syntax | Category::Eof | Category::Io => "not JSON",
    };
    format!("{what} ({reason} at column {})", error.column())
}

/// A place of an analysis in code points.
pub fn place(units: &Units<'_>, span: Span) -> Place {
    let points = units.code_points(span);
    [points.start, points.end]
}

/// An id in JSON.
///
/// # Panics
/// Never for a name or a number, which are plain data.
pub fn id(id: &(impl Serialize + ?Sized)) -> Box<RawValue> {
    serde_json::value::to_raw_value(id).expect("a name or a number is plain data")
}

impl Record {
    /// The record of an analysis of this text.
    pub fn new(id: Box<RawValue>, text: &str, analysis: &Analysis) -> Self {
        let units = Units::new(text);
        let place = |span: Span| place(&units, span);
        let texts = |facts: &[Fact]| facts.iter().map(|fact| fact.text.clone()).collect();
        Self {
            id,
            kept: Vec::new(),
            language: analysis.language.clone(),
            model: analysis.model.clone(),
            whosaid: env!("CARGO_PKG_VERSION"),
            claims: claims(analysis, place),
            entities: analysis
                .mentions
                .iter()
                .filter(|mention| mention.form == MentionForm::Name)
                .map(|mention| {
                    let [start, end] = place(mention.span);
                    Entity { start, end, label: label(mention.label).to_owned() }
                })
                .collect(),
            speakers: analysis
                .speakers
                .iter()
                .map(|speaker| Speaker {
                    name: speaker.name.clone(),
                    kind: speaker.kind,
                    anonymous: speaker.anonymous,
                    sector: speaker.sector,
                    members: speaker.members.clone(),
                    roles: texts(&speaker.roles),
                    affiliations: texts(&speaker.affiliations),
                    mentions: speaker.mentions.iter().copied().map(place).collect(),
                })
                .collect(),
        }
    }
}

/// The claims, each with its continuations among what is said, as the corpora have them.
fn claims(analysis: &Analysis, place: impl Fn(Span) -> Place) -> Vec<Claim> {
    let record = |claim: crate::claim::Claim| Claim {
        said: Said::of(&claim, &place),
        form: claim.form,
        kind: claim.kind,
        group: claim.group,
        confidence: claim.confidence,
        speaker: claim.speaker,
        speaker_confidence: claim.speaker_confidence,
        inside: claim.inside,
    };
    analysis.whole_claims().into_iter().map(record).collect()
}

/// What the corpora call a label.
pub(in crate::export) const fn label(label: Label) -> &'static str {
    match label {
        Label::Person => "PER",
        Label::Institution => "ORG",
        Label::Place => "LOC",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Origin;
    use crate::{Claim, Mention, Summary};

    const TEXT: &str = "📈 “Taxes will rise,” said Anna Berg, finance minister.\n\n“So.” “So.”";

    /// An analysis with one mention and one claim: formats.md's conformance sentence, in UTF-16 code units.
    fn analysis() -> Analysis {
        let mention = |start, end, form| Mention {
            span: Span::new(start, end),
            label: Label::Person,
            form,
            confidence: 1.0,
            origin: Origin::Rule,
            speaker: Some(0),
        };
        Analysis {
            language: "en".to_owned(),
            model: "none".to_owned(),
            zones: Vec::new(),
            mentions: vec![mention(27, 36, MentionForm::Name), mention(38, 54, MentionForm::Nominal)],
            claims: vec![Claim {
                source: Some(Span::new(27, 36)),
                cue: Some(Span::new(22, 26)),
                content: vec![Span::new(3, 21)],
                words: 3,
                form: ClaimForm::Direct,
                kind: ClaimKind::Statement,
                group: Group::Statement,
                continues: None,
                inside: None,
                confidence: 0.75,
                origin: Origin::Rule,
                speaker: Some(0),
                speaker_confidence: 0.5,
            }],
            speakers: vec![crate::Speaker {
                name: "Anna Berg".to_owned(),
                kind: SpeakerKind::Person,
                roles: vec![Fact {
                    text: "finance minister".to_owned(),
                    span: Some(Span::new(38, 54)),
                    ..Fact::default()
                }],
                mentions: vec![Span::new(27, 36), Span::new(38, 54)],
                ..crate::Speaker::default()
            }],
            summary: Summary::default(),
        }
    }

    #[test]
    fn a_continuation_is_a_part_of_its_claim() {
        let mut analysis = analysis();
        let continuation = |start, end, from| Claim {
            source: None,
            cue: None,
            content: vec![Span::new(start, end)],
            continues: Some(from),
            inside: None,
            ..analysis.claims[0].clone()
        };
        analysis.claims.extend([continuation(58, 61, 0), continuation(62, 65, 1)]);
        let record = Record::new(id(&"one"), TEXT, &analysis);
        let contents: Vec<&[Place]> = record.claims.iter().map(|claim| &claim.said.content[..]).collect();
        assert_eq!(contents, [[[2, 20], [57, 60], [61, 64]]]);
    }

    #[test]
    fn a_claim_inside_a_continuation_is_inside_its_claim() {
        let mut analysis = analysis();
        let later = |content, continues, inside| Claim { content, continues, inside, ..analysis.claims[0].clone() };
        let more = [later(vec![Span::new(58, 65)], Some(0), None), later(vec![Span::new(62, 65)], None, Some(1))];
        analysis.claims.extend(more);
        let record = Record::new(id(&"one"), TEXT, &analysis);
        assert_eq!(record.claims.iter().map(|claim| claim.inside).collect::<Vec<_>>(), [None, Some(0)]);
    }

    #[test]
    fn only_some_speakers_have_a_sector_members_or_no_name() {
        let mut analysis = analysis();
        analysis.speakers[0].sector = Some(Sector::Court);
        analysis.speakers[0].anonymous = true;
        analysis.speakers[0].members = vec![2, 1];
        let record = serde_json::to_string(&Record::new(id(&"one"), TEXT, &analysis)).expect("plain data");
        let expected = r#""kind":"person","anonymous":true,"sector":"court","members":[2,1],"roles":"#;
        assert!(record.contains(expected), "{record}");
    }

    #[test]
    fn offsets_are_code_points_and_only_names_are_entities() {
        let record = serde_json::to_string(&Record::new(id(&"one"), TEXT, &analysis())).expect("plain data");
        let expected = concat!(
            r#"{"id":"one","language":"en","model":"none","whosaid":"#,
            concat!('"', env!("CARGO_PKG_VERSION"), '"'),
            r#","claims":[{"source":[[26,35]],"cue":[[21,25]],"content":[[2,20]],"form":"direct","kind":"statement","#,
            r#""group":"statement","confidence":0.75,"speaker":0,"speaker_confidence":0.5}],"entities":[{"start":26,"end":35,"type":"PER"}],"#,
            r#""speakers":[{"name":"Anna Berg","kind":"person","roles":["finance minister"],"affiliations":[],"#,
            r#""mentions":[[26,35],[37,53]]}]}"#,
        );
        assert_eq!(record, expected);
    }
}
