//! Candidates -> candidates: corrects the network's claims where marks, layout or grammar say plainly who speaks.
//!
//! Each file holds the rules of one kind and changes the claims of a [`Page`]. They run in the order of [`settle`].

mod aside;
mod listed;
mod page;
mod passive;
mod phrase;
mod quotation;
mod reported;
mod source;
mod tag;
mod told;

use crate::entity::Mention;
use crate::lexis::Words;
use crate::model::Candidate;
use crate::span::Run;
use page::Page;

/// The claims of an article, corrected.
pub(crate) struct Settled {
    pub candidates: Vec<Candidate>,
    /// Quotations of whole sentences that no claim holds: they go on from the claim before, or nobody is told to speak them.
    pub alone: Vec<Run>,
}

/// Corrects the claims of an article whose names are known.
pub(crate) fn settle(words: &Words<'_, '_>, mentions: &[Mention], candidates: Vec<Candidate>) -> Settled {
    let mut page = Page::new(words, mentions, candidates);
    source::stay(&mut page);
    source::trim(&mut page);
    passive::passives(&mut page);
    told::told(&mut page);
    told::said(&mut page);
    told::leads(&mut page);
    told::others(&mut page);
    aside::asides(&mut page);
    quotation::narration(&mut page);
    quotation::nested(&mut page);
    quotation::quotations(&mut page);
    listed::signed(&mut page);
    listed::headed(&mut page);
    told::posts(&mut page);
    quotation::whole(&mut page);
    reported::reported(&mut page);
    let alone = std::mem::take(&mut page.alone);
    Settled { candidates: page.finish(), alone }
}

/// Each rule on a sentence that it is made for and, below it, on one that it must leave alone.
#[cfg(test)]
mod tests {
    use crate::analysis::fixture::analysis;
    use crate::span::Units;

    /// The claims of a marked-up text, each as "source: content".
    fn claims(marked: &str) -> Vec<String> {
        let (text, analysis) = analysis(marked);
        let units = Units::new(&text);
        let claims = analysis.claims.iter().map(|claim| {
            let source = claim.source.map_or("–", |span| units.slice(span));
            let content: Vec<&str> = claim.content.iter().map(|&span| units.slice(span)).collect();
            format!("{source}: {}", content.join(" … "))
        });
        claims.collect()
    }

    #[track_caller]
    fn check(table: &[(&str, &[&str])]) {
        let wrong: Vec<_> = table
            .iter()
            .filter_map(|&(text, expected)| {
                let found = claims(text);
                (found != expected).then_some((text, found))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn sources_without_circumstances() {
        check(&[
            ("{s Last night {p Anna Berg}} {c said} {t the tax will rise}.", &["Anna Berg: the tax will rise"]),
            ("{s {p Anna Berg} quietly} {c said} {t the tax will rise}.", &["Anna Berg: the tax will rise"]),
            (
                "{s The mayor, {p Anna Berg}}, {c said} {t the tax will rise}.",
                &["The mayor, Anna Berg: the tax will rise"],
            ),
            // What joins a sentence to the one before is nobody's.
            ("{t But}, {s {p Anna Berg}} {c adds}, {t the tax will rise}.", &["Anna Berg: the tax will rise"]),
            ("{t Rents}, {s {p Anna Berg}} {c adds}, {t will rise}.", &["Anna Berg: Rents … will rise"]),
            ("{s The council} met {c to talk about} {t the budget}.", &[]),
            (
                "{s The council} went on {c to say} {t that the tax will rise}.",
                &["The council: that the tax will rise"],
            ),
        ]);
    }

    #[test]
    fn passives() {
        check(&[
            (
                "Residents were {c told} by the council that {t the road is closed}.",
                &["the council: that the road is closed"],
            ),
            ("The bank was {c accused} by {s {i Acme Union}} of {t lying}.", &["Acme Union: The bank … of lying"]),
        ]);
    }

    #[test]
    fn told_and_said() {
        check(&[
            ("{p Anna Berg} told the BBC the school “did nothing”.", &["Anna Berg: the school “did nothing”"]),
            (
                "Staff there said they had learnt of it from the radio.",
                &["Staff: they had learnt of it from the radio"],
            ),
            ("{p Anna Berg} was told the school did nothing.", &[]),
            ("It said so.", &[]),
        ]);
    }

    #[test]
    fn leads() {
        check(&[
            ("As per the figures from {i Acme Bank}, prices fell last year.", &["Acme Bank: prices fell last year"]),
            ("The dam burst on Sunday, from various reports.", &["various reports: The dam burst on Sunday"]),
            ("The road will close, as per Mayor {p Anna Berg}.", &["Mayor Anna Berg: The road will close"]),
            ("The price rose again, as per the contract.", &[]),
            ("The shop sold bread, from several bakeries.", &[]),
        ]);
    }

    #[test]
    fn claims_that_tell_others() {
        check(&[
            (
                "According to {i The Times}, officials said the bridge is unsafe.",
                &["The Times: officials said the bridge is unsafe", "officials: the bridge is unsafe"],
            ),
            (
                "{t Officials said the bridge is unsafe}, {c according to} {s {i The Times}}.",
                &["The Times: Officials said the bridge is unsafe", "Officials: the bridge is unsafe"],
            ),
            (
                "{p Anna Berg} told reporters that the plan had failed, according to {i Acme News}.",
                &[
                    "Acme News: Anna Berg told reporters that the plan had failed",
                    "Anna Berg: that the plan had failed",
                ],
            ),
            (
                "{t “We will not pay,” the minister said}, {c according to} {s {i The Times}}.",
                &["The Times: “We will not pay,” the minister said", "the minister: “We will not pay,”"],
            ),
            (
                "Prices had doubled, analysts said, according to {i Acme Bank}.",
                &["Acme Bank: Prices had doubled, analysts said", "analysts: Prices had doubled"],
            ),
            (
                "According to court documents, {s the police} {c believe} {t that he had lied}.",
                &["court documents: the police believe that he had lied", "the police: that he had lied"],
            ),
            // One claim.
            ("{t The driver was drunk}, {c according to} {s police}.", &["police: The driver was drunk"]),
            (
                "{t Officers responded to calls}, {c according to} {s {i The Times}}.",
                &["The Times: Officers responded to calls"],
            ),
        ]);
    }

    #[test]
    fn claims_stay_out_of_the_headline() {
        check(&[(
            "Council meets again\n\n{c According to} {s police}, {t the driver was drunk}.\n\nHe slept.",
            &["police: the driver was drunk"],
        )]);
    }

    #[test]
    fn others_who_say_something_else() {
        check(&[
            ("{s Some} {c said} {t it rained while others predicted snow}.", &["Some: it rained", "others: snow"]),
            ("{s Some} {c said} {t it rained while others slept}.", &["Some: it rained while others slept"]),
        ]);
    }

    #[test]
    fn asides() {
        check(&[
            ("Rents, warned {p Anna Berg}, would double.", &["Anna Berg: Rents … would double"]),
            ("{t The dam}, {c said} {s {p Anna Berg}}, is sound.", &["Anna Berg: The dam … is sound"]),
            ("All trains have stopped, says the operator.", &["the operator: All trains have stopped"]),
        ]);
    }

    #[test]
    fn quotations() {
        check(&[
            // Another person is named with the second quotation.
            (
                "{t “We won,”} {c said} {s {p Anna Berg}}. “I cried,” laughed {p Tom Lind}.",
                &["Anna Berg: “We won,”", "Tom Lind: “I cried,”"],
            ),
            (
                "{t “We won,”} {c said} {s {p Anna Berg}}. {p Tom Lind} shook his head. “I cried all night.”",
                &["Anna Berg: “We won,”", "Tom Lind: “I cried all night.”"],
            ),
            // A question is not its answerer's.
            (
                "“Where were you?” asked the judge. “At home with my wife.”",
                &["the judge: “Where were you?”", "–: “At home with my wife.”"],
            ),
            // Nobody is told to speak it.
            ("The street was empty. “Nobody comes here any more.”", &["–: “Nobody comes here any more.”"]),
            // Words in scare quotes are no claim.
            ("The “green deal” was signed.", &[]),
        ]);
    }

    #[test]
    fn signed_and_headed() {
        check(&[
            ("“We waited for hours.” – {p Anna Berg}, 43, nurse", &["Anna Berg, 43, nurse: “We waited for hours.”"]),
            ("“We waited for hours.”\n\n— {p Anna Berg}", &["Anna Berg: “We waited for hours.”"]),
            (
                "Statement from Mayor {p Anna Berg}:\n\n“We waited for hours.”",
                &["Mayor Anna Berg: “We waited for hours.”"],
            ),
        ]);
    }

    #[test]
    fn posts() {
        check(&[
            ("RT @anna The panic is absurd. https://example.org", &["@anna: The panic is absurd."]),
            ("@anna: The panic is absurd.", &["@anna: The panic is absurd."]),
            ("Write to @anna about the panic.", &[]),
        ]);
    }
}
