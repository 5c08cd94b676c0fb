//! Parts of speech and grammatical relations as small numbers; [`NONE`] for a token that the parser did not see.

/// The number of a token that has no part of speech or relation.
pub const NONE: u8 = 255;

/// The Penn Treebank's parts of speech, sorted; a part of speech is its place here.
pub const PARTS_OF_SPEECH: [&str; 45] = [
    "#", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS",
    "MD", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB",
    "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``",
];

/// `CoreNLP`'s grammatical relations without their subtypes, sorted; a relation is its place here.
pub const RELATIONS: [&str; 32] = [
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "auxpass",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "cop",
    "csubj",
    "csubjpass",
    "dep",
    "det",
    "discourse",
    "dobj",
    "expl",
    "iobj",
    "mark",
    "mwe",
    "neg",
    "nmod",
    "nsubj",
    "nsubjpass",
    "nummod",
    "parataxis",
    "punct",
    "root",
    "xcomp",
];

/// The number of a part of speech.
pub fn part_of_speech(name: &str) -> u8 {
    number(&PARTS_OF_SPEECH, name)
}

/// The number of a relation; what follows a colon in its name does not count.
pub fn relation(name: &str) -> u8 {
    number(&RELATIONS, name.split_once(':').map_or(name, |(relation, _)| relation))
}

fn number(names: &[&str], name: &str) -> u8 {
    names.binary_search(&name).map_or(NONE, |index| index as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_finds_its_number() {
        for (index, name) in PARTS_OF_SPEECH.iter().enumerate() {
            assert_eq!(usize::from(part_of_speech(name)), index, "{name}");
        }
        for (index, name) in RELATIONS.iter().enumerate() {
            assert_eq!(usize::from(relation(name)), index, "{name}");
        }
        assert_eq!(relation("nmod:poss"), relation("nmod"));
        assert_eq!((part_of_speech("XX"), relation("")), (NONE, NONE));
    }
}
