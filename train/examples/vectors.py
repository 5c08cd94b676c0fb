"""Windows of words -> what PyTorch says of each, for vectors.rs: python vectors.py PACKAGE TUNED.pt LINES OUT

A line is {"words": [...]}. TUNED.pt is what ../../../shared/data/teacher/weights.py unpacks from six.npz; matrices are
rounded to 8 bits a row as the model file has them, and nothing else is rounded."""

import contextlib
import json
import os
import struct
import sys
from pathlib import Path

package, tuned, lines, out = sys.argv[1:]
os.environ["MPNET"] = package
sys.path.insert(0, os.environ.get("TEACHER", str(Path(__file__).resolve().parents[3] / "shared/data/teacher")))

import teacher
import torch

state = torch.load(tuned, weights_only=False)
model = teacher.Teacher(state["vocabulary"])
bert = model.encoder.bert
bert.layers = torch.nn.ModuleList([bert.layers[layer] for layer in state["keep"]])
model.load_state_dict(state["state"])
model.eval()


def rounded(matrix):
    step = matrix.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
    return (matrix / step).round() * step


# The teacher computes in halves of floats.
torch.autocast = lambda *_, **__: contextlib.nullcontext()
with torch.no_grad(), open(lines) as windows, open(out, "wb") as file:
    matrices = [part for layer in bert.layers for part in (layer.qkv, layer.o, layer.up, layer.down)]
    for part in [bert.word, bert.pos, *matrices]:
        part.weight.copy_(rounded(part.weight))
    for line in windows:
        vectors = model.encoder.bn(model.encoder.run([json.loads(line)["words"]])[0])
        file.write(struct.pack("<I", len(vectors)) + vectors.numpy().astype("<f4").tobytes())
