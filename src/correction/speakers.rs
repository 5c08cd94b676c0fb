//! Who speaks, while the user's corrections are applied to it: the marks are settled, the speakers found among them.

use std::collections::BTreeSet;

use super::claim::source;
use super::edit::{Edit, Who};
use super::find::Finder;
use super::index::{Index, Move, before};
use super::target::Target;
use crate::analysis::Analysis;
use crate::claim::Claim;
use crate::entity::Mention;
use crate::nesting::nest;
use crate::order::{set, sort_by_key};
use crate::scheme::{FactKind, Label, SpeakerKind};
use crate::span::Span;
use crate::speaker::{Fact, Speaker, goes_on, in_order};
use crate::summary::Summary;
use crate::text::Article;

/// The speakers, with the mentions and claims of each. A speaker that was merged into another leaves an empty place, so that
/// indices stay valid to the end.
pub(super) struct Speaking<'a, 't> {
    pub article: &'a Article<'t>,
    pub finder: &'a Finder<'a, 't>,
    pub speakers: Vec<Speaker>,
    pub mentions: Vec<Mention>,
    pub claims: Vec<Claim>,
    /// Of each claim the step of the log that says who makes it.
    pub chosen: Vec<Option<usize>>,
    /// In the order of the log.
    pub moves: Vec<Move>,
    /// The step that is applied.
    pub step: usize,
    /// Whether this is no longer what was found.
    pub changed: bool,
    /// Made for the first edit that asks for it; from then on it says who is meant where.
    pub index: Option<Index>,
}

impl Speaking<'_, '_> {
    /// Applies a step of the log, by its number there; whether it fits. Edits of marks are none of its business.
    pub(super) fn apply(&mut self, step: usize, edit: &Edit) -> bool {
        self.step = step;
        let is_mark = matches!(
            edit,
            Edit::Add { .. }
                | Edit::Delete { .. }
                | Edit::Relabel { .. }
                | Edit::Respan { .. }
                | Edit::Qualify { .. }
                | Edit::Review { .. }
                | Edit::Undo { .. }
        );
        if is_mark {
            return true;
        }
        let mut index = self.index.take().unwrap_or_else(|| {
            let units = &self.article.units;
            Index::new(units, &self.speakers, &self.mentions, &self.claims, &self.chosen, &self.moves)
        });
        let fits = match edit {
            Edit::Attribute { speaker, .. } => {
                self.attribute(&mut index, words_of(speaker.as_ref()).as_deref());
                true
            }
            Edit::Merge { speaker, into } => self.merge(&mut index, speaker, into),
            Edit::Split { target, speaker } => self.split(&mut index, target, words_of(speaker.as_ref())),
            Edit::Rename { speaker, name } => self.rename(&mut index, speaker, words_of(Some(name))),
            Edit::Fact { speaker, fact, from, to, former } => {
                self.fact(&index, speaker, *fact, words_of(from.as_ref()).as_deref(), words_of(to.as_ref()), *former)
            }
            Edit::Classify { speaker, kind, anonymous } => self.classify(&index, speaker, *kind, *anonymous),
            _ => true,
        };
        self.index = Some(index);
        self.changed |= fits;
        fits
    }

    /// What holds in the end; `before` is the analysis that was corrected.
    pub(super) fn into_analysis(mut self, before: &Analysis) -> Analysis {
        if let Some(index) = self.index.take().filter(|_| self.changed) {
            self.settle(index);
        }
        self.pass_on_all();
        if self.changed {
            // Who speaks decides where a claim's source stands.
            nest(self.article, &mut self.claims);
        }
        let claims = &mut self.claims;
        for index in 0..claims.len() {
            // What somebody else says goes on from nothing.
            let from = claims[index].continues.filter(|&from| (from as usize) < index);
            claims[index].continues = from.filter(|&from| claims[from as usize].speaker == claims[index].speaker);
        }
        let speakers =
            if self.changed { in_order(self.speakers, &mut self.mentions, &mut self.claims) } else { self.speakers };
        Analysis {
            language: before.language.clone(),
            model: before.model.clone(),
            zones: before.zones.clone(),
            summary: Summary::of(&self.claims, &speakers),
            mentions: self.mentions,
            claims: self.claims,
            speakers,
        }
    }

    /// Replaces each merged speaker by the one that it was merged into.
    fn settle(&mut self, mut index: Index) {
        self.mentions.iter_mut().for_each(|mention| mention.speaker = index.now_of(mention.speaker));
        self.claims.iter_mut().for_each(|claim| claim.speaker = index.now_of(claim.speaker));
        for (own, speaker) in self.speakers.iter_mut().enumerate() {
            let mut seen = set([own as u32]);
            let members = speaker.members.iter().map(|&member| index.now(member as usize) as u32);
            speaker.members = members.filter(|&member| seen.insert(member)).collect();
            for fact in &mut speaker.affiliations {
                // Nobody belongs to himself.
                fact.speaker = index.now_of(fact.speaker).filter(|&institution| institution as usize != own);
            }
        }
        index.tell(&mut self.speakers);
    }

    /// What goes on from a claim is its speaker's, unless the user said who makes it.
    fn pass_on_all(&mut self) {
        for index in 0..self.claims.len() {
            if let Some(from) = before(&self.claims, &self.chosen, index) {
                self.go_on(index, from);
            }
        }
    }

    /// Gives a claim the speaker of the one that it goes on from.
    fn go_on(&mut self, claim: usize, from: usize) {
        let Claim { speaker, speaker_confidence, .. } = self.claims[from];
        (self.claims[claim].speaker, self.claims[claim].speaker_confidence) = (speaker, goes_on(speaker_confidence));
    }

    /// The same for some claims and those that go on from them; the first time for all.
    fn pass_on(&mut self, index: &mut Index, mut claims: BTreeSet<usize>) {
        if !std::mem::replace(&mut index.followed, true) {
            self.pass_on_all();
        }
        while let Some(claim) = claims.pop_first() {
            if let Some(from) = before(&self.claims, &self.chosen, claim) {
                self.go_on(claim, from);
            }
            let speaker = index.now_of(self.claims[claim].speaker);
            let is_other = |&&next: &&usize| index.now_of(self.claims[next].speaker) != speaker;
            claims.extend(index.continued[claim].iter().filter(is_other));
        }
    }

    /// Attributes this step's claims to the named speaker.
    fn attribute(&mut self, index: &mut Index, name: Option<&str>) {
        let Some(claims) = index.chosen.get(&self.step).cloned() else {
            // It fitted when the marks were settled, and gave way to another.
            return;
        };
        let speaker = name.map(|name| {
            let known = index.named(name).next().or_else(|| index.called(name));
            known.unwrap_or_else(|| self.add(index, name.to_owned(), SpeakerKind::Person))
        });
        for &at in &claims {
            let claim = &self.claims[at];
            let meant = |near: Span| speaker.map_or_else(Vec::new, |one| index.meant_near(near, one).collect());
            let place = name.and_then(|name| source(self.article, claim, name, meant));
            if let Some(old) = claim.source {
                index.sources.take(old, |other| *other == at);
            }
            if let Some(new) = place {
                index.sources.insert(new, at);
            }
            let claim = &mut self.claims[at];
            (claim.source, claim.speaker) = (place, speaker.map(|one| one as u32));
            claim.speaker_confidence = f32::from(u8::from(speaker.is_some()));
        }
        self.pass_on(index, claims.into_iter().collect());
    }

    fn merge(&mut self, index: &mut Index, speaker: &Who, into: &Who) -> bool {
        let (Some(from), Some(to)) = (self.find(index, speaker), self.find(index, into)) else { return false };
        if from == to {
            return true;
        }
        let gone = std::mem::take(&mut self.speakers[from]);
        index.merge(from, &gone.name, to);
        let whole = &mut self.speakers[to];
        join(&mut whole.roles, gone.roles);
        join(&mut whole.affiliations, gone.affiliations);
        whole.members.extend(gone.members);
        whole.sector = whole.sector.or(gone.sector.filter(|_| whole.kind == SpeakerKind::Institution));
        true
    }

    fn split(&mut self, index: &mut Index, target: &Target, name: Option<String>) -> bool {
        let Some(place) = self.place(index, target) else { return false };
        let mark = index.mentions.at(place).first().map(|&at| &self.mentions[at]);
        let meant = mark.and_then(|mention| index.now_of(mention.speaker)).map(|at| at as usize);
        let meant = meant.filter(|&at| at < self.speakers.len());
        let old = meant.or_else(|| index.meant_at(place).first().copied());
        if old.is_none() && mark.is_none() && index.sources.at(place).is_empty() {
            return false;
        }
        let institution = mark.is_some_and(|mention| mention.label == Label::Institution);
        let kind = if institution { SpeakerKind::Institution } else { SpeakerKind::Person };
        let new = self.other(index, old, name, place, kind);
        // "Anna Berg, the finance minister," holds "Anna Berg": one cannot mean somebody else without the other.
        let nested = |span: Span| span.contains(place) || place.contains(span);
        let mut spans = set([place]);
        if let Some(old) = old {
            let moved: Vec<Span> = index.meant_near(place, old).filter(|&span| nested(span)).collect();
            for &span in &moved {
                index.unmean(span, old);
            }
            spans.extend(moved);
            let told = |fact: &mut Fact| fact.span.is_some_and(|at| spans.iter().any(|span| span.contains(at)));
            let roles: Vec<Fact> = self.speakers[old].roles.extract_if(.., told).collect();
            let mut affiliations: Vec<Fact> = self.speakers[old].affiliations.extract_if(.., told).collect();
            for fact in &mut affiliations {
                // Who was merged into `old` was no institution that it belongs to.
                fact.speaker = index.now_of(fact.speaker).filter(|&institution| institution as usize != old);
            }
            join(&mut self.speakers[new].roles, roles);
            join(&mut self.speakers[new].affiliations, affiliations);
        }
        let was = old.map(|old| old as u32);
        let goes = |span: Span| span == place || (old.is_some() && nested(span));
        for (_, &at) in index.mentions.overlapping(place).filter(|&(span, _)| goes(span)) {
            let speaker = &mut self.mentions[at].speaker;
            *speaker = if index.now_of(*speaker) == was { Some(new as u32) } else { *speaker };
        }
        let near = index.sources.overlapping(place).filter(|&(span, _)| goes(span)).map(|(_, &at)| at);
        let is_old = |&at: &usize| index.now_of(self.claims[at].speaker) == was;
        let claims = set(near.filter(is_old));
        for &at in &claims {
            self.claims[at].speaker = Some(new as u32);
        }
        for span in spans {
            index.mean(&self.article.units, span, new);
        }
        self.pass_on(index, claims);
        true
    }

    /// Somebody else than `old`: of this name, or called by the words of a place; one who is there, or a new one.
    fn other(
        &mut self,
        index: &mut Index,
        old: Option<usize>,
        name: Option<String>,
        place: Span,
        kind: SpeakerKind,
    ) -> usize {
        let is_other = |at: &usize| Some(*at) != old;
        let given = name.is_some();
        let name = name.or_else(|| tidy(self.article.units.slice(place))).unwrap_or_default();
        let known = index.named(&name).find(is_other);
        let known = known.or_else(|| index.called(&name).filter(|at| given && is_other(at)));
        known.unwrap_or_else(|| self.add(index, name, kind))
    }

    fn rename(&mut self, index: &mut Index, speaker: &Who, name: Option<String>) -> bool {
        let (Some(at), Some(name)) = (self.find(index, speaker), name) else { return false };
        index.rename(at, &self.speakers[at].name, &name);
        self.speakers[at].name = name;
        true
    }

    fn fact(
        &mut self,
        all: &Index,
        who: &Who,
        kind: FactKind,
        from: Option<&str>,
        to: Option<String>,
        former: bool,
    ) -> bool {
        let Some(index) = self.find(all, who) else { return false };
        let institution = to.as_deref().filter(|_| kind == FactKind::Affiliation).and_then(|name| {
            let is_one = |at: &usize| *at != index && self.speakers[*at].kind == SpeakerKind::Institution;
            all.named(name).find(is_one).or_else(|| all.called(name).filter(is_one))
        });
        let facts = match kind {
            FactKind::Role => &mut self.speakers[index].roles,
            FactKind::Affiliation => &mut self.speakers[index].affiliations,
        };
        let place = |text: &str| facts.iter().position(|fact| fact.text == text);
        let old = from.and_then(place);
        let Some(text) = to else { return old.map(|old| facts.remove(old)).is_some() };
        let fact = Fact { span: None, former, speaker: institution.map(|at| at as u32), text };
        match (place(&fact.text), old) {
            (Some(known), old) => {
                facts[known].former = former;
                let link = all.now_of(facts[known].speaker).filter(|&at| at as usize != index);
                facts[known].speaker = link.or(fact.speaker);
                // It was another, and is this one, which was there.
                if let Some(old) = old.filter(|&old| old != known) {
                    facts.remove(old);
                }
            }
            (None, Some(old)) => facts[old] = fact,
            (None, None) if from.is_none() => facts.push(fact),
            (None, None) => return false,
        }
        true
    }

    fn classify(&mut self, index: &Index, speaker: &Who, kind: SpeakerKind, anonymous: bool) -> bool {
        let Some(at) = self.find(index, speaker) else { return false };
        let speaker = &mut self.speakers[at];
        (speaker.kind, speaker.anonymous) = (kind, anonymous);
        speaker.sector = speaker.sector.filter(|_| kind == SpeakerKind::Institution);
        if kind != SpeakerKind::Group {
            speaker.members.clear();
        }
        true
    }

    /// Where a target is: a mention that later steps move is found where they move it to.
    fn place(&self, index: &Index, target: &Target) -> Option<Span> {
        self.finder.find(target).map(|found| index.moved(found, self.step))
    }

    /// The speaker that is meant at this place, or has this name.
    fn find(&self, index: &Index, who: &Who) -> Option<usize> {
        let name = tidy(&who.name);
        let is_named = |at: &&usize| Some(&self.speakers[**at].name) == name.as_ref();
        let place = who.target.as_ref().and_then(|target| self.place(index, target));
        let meant = place.map(|place| index.meant_at(place)).unwrap_or_default();
        let found = meant.iter().find(is_named).or_else(|| meant.first()).copied();
        found.or_else(|| index.named(name.as_deref()?).next())
    }

    fn add(&mut self, index: &mut Index, name: String, kind: SpeakerKind) -> usize {
        index.add(&name);
        self.speakers.push(Speaker { name, kind, ..Speaker::default() });
        self.speakers.len() - 1
    }
}

/// Words with single blanks between them; none where there are none.
fn tidy(text: &str) -> Option<String> {
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

fn words_of(text: Option<&String>) -> Option<String> {
    text.and_then(|text| tidy(text))
}

/// Adds facts that are not there, in the order of the text; those of the user stand at the end.
fn join(facts: &mut Vec<Fact>, more: Vec<Fact>) {
    for fact in more {
        if !facts.iter().any(|known| known.text == fact.text) {
            facts.push(fact);
        }
    }
    sort_by_key(facts, |fact| (fact.span.is_none(), fact.span));
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TEXT, analysis, annotator, at, log, target};
    use super::*;
    use crate::correction::Revision;
    use crate::scheme::Mark;
    use crate::span::Units;

    /// A source that holds a name and an affiliation.
    const WIDE: &str = "Carl Dorn of the Dorn campaign";

    /// What the article of the tables says, with facts, a source that is wider than the name in it, and two who are joined.
    fn found() -> Analysis {
        let mut analysis = analysis();
        let fact = |text: &str, span, speaker| Fact { text: text.to_owned(), span, former: false, speaker };
        let [carl, anna, ..] = &mut analysis.speakers[..] else { panic!("the article has more speakers") };
        carl.affiliations = vec![fact("Dorn campaign", Some(at("Dorn campaign")), Some(2))];
        carl.mentions.insert(1, at(WIDE));
        anna.roles = vec![fact("minister", None, None)];
        analysis.claims[1].source = Some(at(WIDE));
        analysis.speakers.push(Speaker {
            name: "both".to_owned(),
            kind: SpeakerKind::Group,
            members: vec![0, 1],
            mentions: vec![at("Grebe.")],
            ..Speaker::default()
        });
        analysis
    }

    /// Each speaker after these edits as "name (kind): roles | affiliations | mentions | claims", with what an affiliation
    /// links to behind ">", and the members of a group.
    fn speakers(edits: &[Edit]) -> (Vec<String>, Vec<String>) {
        let Revision { analysis, orphans, .. } = annotator().correct(TEXT, &found(), &log(edits));
        assert_eq!(Summary::of(&analysis.claims, &analysis.speakers), analysis.summary, "{edits:#?}");
        let units = Units::new(TEXT);
        let name = |&index: &u32| analysis.speakers[index as usize].name.as_str();
        let fact = |fact: &Fact| {
            let link = fact.speaker.as_ref().map_or(String::new(), |index| format!(">{}", name(index)));
            format!("{}{}{link}", if fact.former { "former " } else { "" }, fact.text)
        };
        let facts = |facts: &[Fact]| facts.iter().map(fact).collect::<Vec<_>>().join(", ");
        let line = |(index, speaker): (usize, &Speaker)| {
            let claims = analysis.claims.iter().filter(|claim| claim.speaker == Some(index as u32));
            let claims: Vec<&str> = claims.map(|claim| units.slice(claim.extent())).collect();
            let mentions: Vec<&str> = speaker.mentions.iter().map(|&span| units.slice(span)).collect();
            let members: Vec<&str> = speaker.members.iter().map(name).collect();
            for mention in analysis.mentions.iter().filter(|mention| mention.speaker == Some(index as u32)) {
                assert!(speaker.mentions.contains(&mention.span), "{mention:?} of {}: {edits:#?}", speaker.name);
            }
            let [roles, affiliations] = [&speaker.roles, &speaker.affiliations].map(|list| facts(list));
            let [mentions, claims, members] = [mentions, claims, members].map(|list| list.join("; "));
            let hidden = if speaker.anonymous { ", anonymous" } else { "" };
            format!(
                "{} ({:?}{hidden}): {roles} | {affiliations} | {mentions} | {claims}{members}",
                speaker.name, speaker.kind
            )
        };
        (analysis.speakers.iter().enumerate().map(line).collect(), orphans)
    }

    const CARL: &str = "Carl Dorn (Person):  | Dorn campaign>Dorn campaign | Carl Dorn; Carl Dorn of the Dorn campaign; He | \
         “We will see,”; Anna was right in Grebe";
    const ANNA: &str = "Anna Berg (Person): minister |  | Anna Berg | taxes will rise";
    const CAMPAIGN: &str = "Dorn campaign (Institution):  |  | Dorn campaign | ";
    const GREBE: &str = "Grebe (Person):  |  | Grebe | ";
    const BOTH: &str = "both (Group):  |  | Grebe. | Carl Dorn; Anna Berg";

    /// Edits, the lines that are there before and not after, those that are new, the orphans.
    type Case<'a> = (&'a [Edit], &'a [&'a str], &'a [&'a str], &'a [&'a str]);

    fn check(table: &[Case<'_>]) {
        let (before, _) = speakers(&[]);
        assert_eq!(before, [CARL, ANNA, CAMPAIGN, GREBE, BOTH]);
        for (edits, gone, new, orphans) in table {
            let (after, found) = speakers(edits);
            let without = |one: &[String], other: &[String]| -> Vec<String> {
                one.iter().filter(|line| !other.contains(line)).cloned().collect()
            };
            assert_eq!(without(&before, &after), *gone, "{edits:#?}");
            assert_eq!(without(&after, &before), *new, "{edits:#?}");
            assert_eq!(found, *orphans, "{edits:#?}");
        }
    }

    fn who(name: &str) -> Who {
        Who { name: name.to_owned(), target: None }
    }

    /// Whoever is meant there, whatever the name.
    fn by(quote: &str) -> Who {
        Who { name: "nobody of this name".to_owned(), target: Some(target(quote)) }
    }

    fn merge(speaker: Who, into: Who) -> Edit {
        Edit::Merge { speaker, into }
    }

    fn split(quote: &str, speaker: Option<&str>) -> Edit {
        Edit::Split { target: target(quote), speaker: speaker.map(str::to_owned) }
    }

    fn rename(speaker: Who, name: &str) -> Edit {
        Edit::Rename { speaker, name: name.to_owned() }
    }

    fn fact(speaker: Who, fact: FactKind, from: Option<&str>, to: Option<&str>) -> Edit {
        Edit::Fact { speaker, fact, from: from.map(str::to_owned), to: to.map(str::to_owned), former: false }
    }

    fn classify(speaker: Who, kind: SpeakerKind, anonymous: bool) -> Edit {
        Edit::Classify { speaker, kind, anonymous }
    }

    fn attribute(quote: &str, name: &str) -> Edit {
        Edit::Attribute { target: target(quote), speaker: Some(name.to_owned()) }
    }

    fn undo(id: usize) -> Edit {
        Edit::Undo { correction: id.to_string() }
    }

    #[test]
    fn two_become_one() {
        const ALL: &str = "Anna Berg (Person): minister | Dorn campaign>Dorn campaign | Anna Berg; Carl Dorn; \
             Carl Dorn of the Dorn campaign; He | taxes will rise; “We will see,”; Anna was right in Grebe";
        const ONE: &str = "both (Group):  |  | Grebe. | Anna Berg";
        check(&[
            (&[merge(who("Carl Dorn"), who("Anna Berg"))], &[CARL, ANNA, BOTH], &[ALL, ONE], &[]),
            (&[merge(by("He"), by("Anna Berg"))], &[CARL, ANNA, BOTH], &[ALL, ONE], &[]),
            // Into itself, under two of its names.
            (&[merge(by("He"), who("Carl Dorn"))], &[], &[], &[]),
            (
                &[merge(who("Carl Dorn"), who("Anna Berg")), merge(by("He"), who("Anna Berg"))],
                &[CARL, ANNA, BOTH],
                &[ALL, ONE],
                &[],
            ),
            (&[merge(who("Carl Dorn"), who("Anna Berg")), undo(0)], &[], &[], &[]),
            // Name and kind are the owner's.
            (
                &[merge(who("Grebe"), who("Dorn campaign"))],
                &[CAMPAIGN, GREBE],
                &["Dorn campaign (Institution):  |  | Dorn campaign; Grebe | "],
                &[],
            ),
            // Nobody belongs to himself, nor is a member.
            (
                &[merge(who("Dorn campaign"), who("Carl Dorn"))],
                &[CARL, CAMPAIGN],
                &[
                    "Carl Dorn (Person):  | Dorn campaign | Carl Dorn; Carl Dorn of the Dorn campaign; Dorn campaign; He | \
                   “We will see,”; Anna was right in Grebe",
                ],
                &[],
            ),
            (
                &[merge(who("Anna Berg"), who("both"))],
                &[ANNA, BOTH],
                &["both (Group): minister |  | Anna Berg; Grebe. | taxes will riseCarl Dorn"],
                &[],
            ),
            // Orphans: nobody, or gone.
            (&[merge(who("Erna Fuchs"), who("Anna Berg")), merge(who("Anna Berg"), who(""))], &[], &[], &["0", "1"]),
            (
                &[merge(who("Carl Dorn"), who("Anna Berg")), merge(who("Carl Dorn"), who("Grebe"))],
                &[CARL, ANNA, BOTH],
                &[ALL, ONE],
                &["1"],
            ),
            // An old mention finds the speaker it means now; so does a new name.
            (
                &[merge(who("Carl Dorn"), who("Anna Berg")), rename(by("He"), "Ada"), merge(who("Ada"), who("Ada"))],
                &[CARL, ANNA, BOTH],
                &[&ALL.replacen("Anna Berg", "Ada", 1), "both (Group):  |  | Grebe. | Ada"],
                &[],
            ),
            // Claims and names go in the order of the log.
            (
                &[attribute("taxes will rise", "Carl Dorn"), merge(who("Carl Dorn"), who("Anna Berg"))],
                &[CARL, ANNA, BOTH],
                &[ALL, ONE],
                &[],
            ),
        ]);
    }

    #[test]
    fn a_mention_means_somebody_else() {
        const REST: &str = "Carl Dorn (Person):  | Dorn campaign>Dorn campaign | Carl Dorn; Carl Dorn of the Dorn campaign | “We will see,”";
        const MOVED: &str =
            "(Person):  | Dorn campaign>Dorn campaign | Carl Dorn; Carl Dorn of the Dorn campaign | “We will see,”";
        const LEFT: &str = "Carl Dorn (Person):  |  | He | Anna was right in Grebe";
        check(&[
            (&[split("He", None)], &[CARL], &[REST, "He (Person):  |  | He | Anna was right in Grebe"], &[]),
            (
                &[split("He", Some(" Erna  Fuchs "))],
                &[CARL],
                &[REST, "Erna Fuchs (Person):  |  | He | Anna was right in Grebe"],
                &[],
            ),
            (
                &[split("He", Some("Anna Berg"))],
                &[CARL, ANNA],
                &["Anna Berg (Person): minister |  | Anna Berg; He | taxes will rise; Anna was right in Grebe", REST],
                &[],
            ),
            // What nests with it follows, whichever of both is named, and so does what is told there.
            (&[split("Carl Dorn", Some("Erna"))], &[CARL], &[&format!("Erna {MOVED}"), LEFT], &[]),
            (&[split(WIDE, Some("Erna"))], &[CARL], &[&format!("Erna {MOVED}"), LEFT], &[]),
            // Somebody else of the same name is somebody else.
            (&[split("Carl Dorn", None)], &[CARL], &[&format!("Carl Dorn {MOVED}"), LEFT], &[]),
            (
                &[split("Dorn campaign", Some("Fuchs"))],
                &[CARL, CAMPAIGN],
                &[&CARL.replace(">Dorn campaign", ""), "Fuchs (Institution):  |  | Dorn campaign | "],
                &[],
            ),
            // A source that nobody was found for; a place that means nobody.
            (
                &[attribute("Anna was right in Grebe", "Anna Berg"), split("He", Some("Erna"))],
                &[CARL, ANNA],
                &[
                    "Anna Berg (Person): minister |  | Anna Berg | taxes will rise; Anna was right in Grebe",
                    REST,
                    "Erna (Person):  |  | He | ",
                ],
                &[],
            ),
            (&[split("rise", Some("Erna")), split("Anna", None)], &[], &[], &["0", "1"]),
            (&[split("He", None), undo(0)], &[], &[], &[]),
            (&[split("He", Some("Anna Berg")), split("He", Some("Carl Dorn"))], &[], &[], &[]),
        ]);
    }

    #[test]
    fn what_is_said_of_a_speaker() {
        use FactKind::{Affiliation, Role};
        let named = |line: &str, from: &str, to: &str| line.replacen(from, to, 1);
        let anna =
            |roles: &str, rest: &str| format!("Anna Berg (Person): {roles} | {rest} | Anna Berg | taxes will rise");
        let carl = |text: &str| named(CARL, "Dorn campaign>Dorn campaign", text);
        check(&[
            (
                &[rename(who("Anna Berg"), " Ada  Berg ")],
                &[ANNA, BOTH],
                &[&named(ANNA, "Anna", "Ada"), &named(BOTH, "Anna", "Ada")],
                &[],
            ),
            (&[rename(who("Anna Berg"), " "), rename(who("Ada"), "Anna")], &[], &[], &["0", "1"]),
            (&[rename(who("Grebe"), "Gr"), rename(who("Grebe"), "G"), rename(by("Grebe"), "Grebe")], &[], &[], &["1"]),
            // Added, changed, removed.
            (&[fact(who("Anna Berg"), Role, None, Some("mayor"))], &[ANNA], &[&anna("minister, mayor", "")], &[]),
            (&[fact(who("Anna Berg"), Role, Some("minister"), Some("mayor"))], &[ANNA], &[&anna("mayor", "")], &[]),
            (&[fact(who("Anna Berg"), Role, Some("minister"), None)], &[ANNA], &[&anna("", "")], &[]),
            (&[fact(who("Anna Berg"), Role, Some("minister"), Some(" "))], &[ANNA], &[&anna("", "")], &[]),
            (&[fact(who("Anna Berg"), Role, None, Some("minister"))], &[], &[], &[]),
            (&[fact(who("Anna Berg"), Role, Some("minister"), None), undo(0)], &[], &[], &[]),
            // What it is changed to is there: one of both is left.
            (
                &[
                    fact(who("Anna Berg"), Role, None, Some("mayor")),
                    fact(who("Anna Berg"), Role, Some("minister"), Some("mayor")),
                ],
                &[ANNA],
                &[&anna("mayor", "")],
                &[],
            ),
            // An affiliation links to an institution that is known, by name or mention, and to nobody else.
            (
                &[fact(who("Anna Berg"), Affiliation, None, Some("Dorn  campaign"))],
                &[ANNA],
                &[&anna("minister", "Dorn campaign>Dorn campaign")],
                &[],
            ),
            (
                &[fact(who("Anna Berg"), Affiliation, None, Some("Carl Dorn"))],
                &[ANNA],
                &[&anna("minister", "Carl Dorn")],
                &[],
            ),
            (&[fact(who("Anna Berg"), Affiliation, None, Some("Acme"))], &[ANNA], &[&anna("minister", "Acme")], &[]),
            (
                &[fact(who("Carl Dorn"), Affiliation, Some("Dorn campaign"), Some("Acme"))],
                &[CARL],
                &[&carl("Acme")],
                &[],
            ),
            (
                &[Edit::Fact {
                    speaker: by("He"),
                    fact: Affiliation,
                    from: Some("Dorn campaign".to_owned()),
                    to: Some("Dorn campaign".to_owned()),
                    former: true,
                }],
                &[CARL],
                &[&carl("former Dorn campaign>Dorn campaign")],
                &[],
            ),
            // Orphans: no such fact, no such speaker, nothing asked.
            (
                &[
                    fact(who("Anna Berg"), Role, Some("mayor"), Some("consul")),
                    fact(who("Anna Berg"), Role, Some("mayor"), None),
                    fact(who("Erna"), Role, None, Some("mayor")),
                    fact(who("Anna Berg"), Role, None, None),
                    classify(who("Erna"), SpeakerKind::Person, false),
                ],
                &[],
                &[],
                &["0", "1", "2", "3", "4"],
            ),
            (
                &[classify(who("Anna Berg"), SpeakerKind::Person, true)],
                &[ANNA],
                &[&named(ANNA, "Person", "Person, anonymous")],
                &[],
            ),
            (
                &[classify(by("Grebe"), SpeakerKind::Institution, false)],
                &[GREBE],
                &[&named(GREBE, "Person", "Institution")],
                &[],
            ),
            (
                &[classify(who("both"), SpeakerKind::Document, false)],
                &[BOTH],
                &["both (Document):  |  | Grebe. | "],
                &[],
            ),
        ]);
    }

    #[test]
    fn a_claim_goes_to_the_speaker_that_a_name_means_at_its_turn() {
        let give = |name| attribute("taxes will rise", name);
        let name = |edits: &[Edit]| {
            let (after, orphans) = speakers(edits);
            assert_eq!(orphans, Vec::<String>::new());
            let speaker = after.iter().find(|line| line.contains("taxes will rise")).expect("the claim is somebody's");
            (speaker.split(" (").next().unwrap_or_default().to_owned(), after.len())
        };
        let ada = || rename(who("Carl Dorn"), "Ada");
        assert_eq!(name(&[ada(), give("Ada")]), ("Ada".to_owned(), 5));
        assert_eq!(name(&[give("Carl Dorn"), ada()]), ("Ada".to_owned(), 5));
        // Somebody new, and then there are two.
        assert_eq!(name(&[give("Ada"), ada()]), ("Ada".to_owned(), 6));
        // The last word holds, said of the claim or of its source.
        assert_eq!(name(&[split("Anna Berg", Some("Erna")), give("Carl Dorn")]).0, "Carl Dorn");
        assert_eq!(name(&[give("Anna Berg"), split("Anna Berg", Some("Erna"))]).0, "Erna");
    }

    #[test]
    fn what_is_said_of_speakers_outlives_their_being_found_again() {
        let edits = [
            merge(by("Anna Berg"), by("Carl Dorn")),
            rename(by("Anna Berg"), "Ada"),
            Edit::Add { target: target("right"), mark: Mark::Claim, everywhere: false },
            Edit::Delete { target: target("Grebe"), mark: Mark::Person, everywhere: false },
        ];
        let (after, orphans) = speakers(&edits);
        assert!(after[0].starts_with("Ada (Person): "), "{after:#?}");
        assert!(
            ["Anna Berg; Carl Dorn; ", "taxes will rise; “We will see,”"].iter().all(|part| after[0].contains(part)),
            "{after:#?}"
        );
        assert_eq!(orphans, Vec::<String>::new());
        // A name that the user takes away is found by what it was called; where that fails, nothing is guessed.
        let named = |name: &str| rename(Who { name: name.to_owned(), target: Some(target("Grebe")) }, "Grebe Castle");
        let delete = Edit::Delete { target: target("Grebe"), mark: Mark::Person, everywhere: false };
        assert_eq!(speakers(&[delete.clone(), named("Carl Dorn")]).1, Vec::<String>::new());
        assert_eq!(speakers(&[delete, named("Grebe")]).1, ["1"]);
    }
}
