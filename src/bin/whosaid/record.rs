//! [`Analysis`] -> the record that `annotate` prints and the scorers read: one an article, offsets in code points.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use whosaid::scheme::{Form, Group, Kind, Label, MentionForm, Sector, SpeakerKind};
use whosaid::speaker::Fact;
use whosaid::{Analysis, Span, Units};

/// A half-open place `[start, end)` in Unicode code points.
pub(crate) type Place = [usize; 2];

/// Who says what, as lists of places: empty where nobody or nothing is there, several for what is in parts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    pub(crate) source: Vec<Place>,
    pub(crate) cue: Vec<Place>,
    pub(crate) content: Vec<Place>,
}

/// A claim.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Claim {
    #[serde(flatten)]
    pub(crate) said: Said,
    pub(crate) form: Form,
    pub(crate) kind: Kind,
    pub(crate) group: Group,
    pub(crate) confidence: f32,
    /// Who makes it, by their place among the record's speakers; absent where that is not resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) speaker: Option<u32>,
    /// How sure that is, 0 to 1.
    pub(crate) speaker_confidence: f32,
    /// Index of the claim that it is told in, among the record's claims; absent for what the article itself tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) inside: Option<u32>,
}

/// A name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entity {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// `PER`, `ORG` or `LOC`; corpora have others too.
    #[serde(rename = "type")]
    pub(crate) label: String,
}

/// A speaker.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Speaker {
    pub(crate) name: String,
    pub(crate) kind: SpeakerKind,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) anonymous: bool,
    /// Of an institution whose name tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sector: Option<Sector>,
    /// Of a group: indices of those it joins, among the speakers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) members: Vec<u32>,
    pub(crate) roles: Vec<String>,
    pub(crate) affiliations: Vec<String>,
    pub(crate) mentions: Vec<Place>,
}

/// An annotated article.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Record {
    /// What was given: any JSON, character for character.
    pub(crate) id: Box<RawValue>,
    /// BCP 47 tag of the language that the text is written in: see [`Analysis::language`].
    pub(crate) language: String,
    /// What read it: kind and version.
    pub(crate) model: String,
    /// The version of whosaid that wrote it.
    pub(crate) whosaid: &'static str,
    pub(crate) claims: Vec<Claim>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) speakers: Vec<Speaker>,
}

#[cfg(test)]
impl Claim {
    /// A statement whose speaker is not known.
    pub(crate) const fn statement(said: Said, form: Form, confidence: f32) -> Self {
        Self {
            said,
            form,
            kind: Kind::Statement,
            group: Group::Statement,
            confidence,
            speaker: None,
            speaker_confidence: 0.0,
            inside: None,
        }
    }
}

#[cfg(test)]
impl Record {
    /// A record in which nothing was found.
    pub(crate) fn empty() -> Self {
        Self {
            id: id(""),
            language: "en".to_owned(),
            model: String::new(),
            whosaid: "",
            claims: Vec::new(),
            entities: Vec::new(),
            speakers: Vec::new(),
        }
    }
}

/// An id in JSON.
pub(crate) fn id(id: &(impl Serialize + ?Sized)) -> Box<RawValue> {
    serde_json::value::to_raw_value(id).expect("a name or a number is plain data")
}

impl Record {
    pub(crate) fn new(id: Box<RawValue>, text: &str, analysis: &Analysis) -> Self {
        let units = Units::new(text);
        let place = |span: Span| {
            let points = units.code_points(span);
            [points.start, points.end]
        };
        let texts = |facts: &[Fact]| facts.iter().map(|fact| fact.text.clone()).collect();
        Self {
            id,
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
    let record = |claim: whosaid::Claim| Claim {
        said: Said {
            source: claim.source.map(&place).into_iter().collect(),
            cue: claim.cue.map(&place).into_iter().collect(),
            content: claim.content.into_iter().map(&place).collect(),
        },
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
const fn label(label: Label) -> &'static str {
    match label {
        Label::Person => "PER",
        Label::Institution => "ORG",
        Label::Place => "LOC",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use whosaid::scheme::Origin;
    use whosaid::{Claim, Mention, Summary};

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
                form: Form::Direct,
                kind: Kind::Statement,
                group: Group::Statement,
                continues: None,
                inside: None,
                confidence: 0.75,
                origin: Origin::Rule,
                speaker: Some(0),
                speaker_confidence: 0.5,
            }],
            speakers: vec![whosaid::Speaker {
                name: "Anna Berg".to_owned(),
                kind: SpeakerKind::Person,
                roles: vec![Fact {
                    text: "finance minister".to_owned(),
                    span: Some(Span::new(38, 54)),
                    ..Fact::default()
                }],
                mentions: vec![Span::new(27, 36), Span::new(38, 54)],
                ..whosaid::Speaker::default()
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
