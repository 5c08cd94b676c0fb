"""Six layers of MPNet as ONNX, with weights and inputs of 8 bits: python six.py PACKAGE ROWS OUT.onnx

It needs torch, safetensors, onnx and onnxruntime, and reads ../../../shared/data/teacher/mpnet.py (or TEACHER)."""

import os
import sys
from pathlib import Path

package, rows, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sys.path.insert(0, os.environ.get("TEACHER", str(Path(__file__).resolve().parents[3] / "shared/data/teacher")))

import torch
from mpnet import MPNet
from onnxruntime.quantization import QuantType, quantize_dynamic

mpnet = MPNet(package)


class Six(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList([mpnet.layers[layer] for layer in (0, 1, 2, 4, 6, 8)])

    def forward(self, x, near):
        for layer in self.layers:
            query, key, value = layer.qkv(x).view(1, rows, 3, 12, 64).permute(2, 0, 3, 1, 4).unbind(0)
            shares = torch.softmax(query @ key.transpose(-1, -2) * 0.125 + near, -1)
            x = layer.n1(x + layer.o((shares @ value).transpose(1, 2).reshape(1, rows, 768)))
            x = layer.n2(x + layer.down(torch.nn.functional.gelu(layer.up(x))))
        return x


inputs = (torch.randn(1, rows, 768), torch.randn(1, 12, rows, rows))
torch.onnx.export(Six().eval(), inputs, out, input_names=["x", "near"], output_names=["y"], dynamo=False)
quantize_dynamic(out, out.replace(".onnx", ".8.onnx"), weight_type=QuantType.QInt8, per_channel=True)
