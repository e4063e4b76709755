#!/usr/bin/env python3
"""Loads one of our weight files into PyTorch without any code of this project, and decodes a point of the latent space.

    tools/load_in_pytorch.py model.safetensors --z=0.3,-1.2                  prints the image, one row per line
    tools/load_in_pytorch.py model.safetensors --z=0.3,-1.2 --out face.png   saves it

Needs torch and numpy. The file is safetensors; its metadata entry "model" is JSON that lists the layers of the encoder
and the decoder in order. Layer i is called str(i) here, so names and shapes of the weights are those of the state_dict
and load_state_dict(strict=True) takes them as they are. For your own code: networks(...) returns two nn.Sequential, the
encoder from images (N, C, H, W) to [mu | logvar] and the decoder from z (N, D) to logits (N, C, H, W) or (N, C*H*W).
"""
import argparse
import json
import struct
import sys
import zlib

import numpy as np
import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "gelu_tanh": lambda: nn.GELU(approximate="tanh"), "silu": nn.SiLU, "tanh": nn.Tanh,
               "sigmoid": nn.Sigmoid}


class Fourier(nn.Module):
    """[x | sin(x W^T) | cos(x W^T)], W (frequencies, inputs)."""

    def __init__(self, inputs, frequencies):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(frequencies, inputs))

    def forward(self, x):
        angles = x @ self.weight.T
        return torch.cat([x, torch.sin(angles), torch.cos(angles)], dim=1)


def continuous_mean(outputs):
    small = outputs.abs() < 0.1
    away = torch.where(small, torch.ones_like(outputs), outputs)
    return torch.where(small, 0.5 + outputs / 12 - outputs**3 / 720, 1 / (1 - torch.exp(-away)) - 1 / away)


PICTURES = {"bernoulli": torch.sigmoid, "continuous_bernoulli": continuous_mean, "mse": torch.sigmoid,
            "linear_mse": lambda outputs: outputs.clamp(0, 1), "ssim": torch.sigmoid, "ssim_mse": torch.sigmoid}


def row_of(table, name, what):
    if name not in table:
        sys.exit(f"load_in_pytorch.py: {what} '{name}' is not known; known are {', '.join(table)}")
    return table[name]


def picture_of(outputs, likelihood):
    """E[x|z] from the decoder's outputs."""
    return row_of(PICTURES, likelihood, "likelihood")(outputs)


def read_safetensors(path):
    """The metadata and the weights, all as float32, without the "aux.*" tensors, which are not weights."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    metadata, weights = header.pop("__metadata__"), {}
    for name, entry in header.items():
        if not name.startswith("aux."):
            part = data[slice(*entry["data_offsets"])]
            values = np.frombuffer(part, {"F32": "<f4", "F16": "<f2"}[entry["dtype"]]).astype(np.float32)
            weights[name] = torch.from_numpy(values.reshape(entry["shape"]))
    return metadata, weights


def sequential(layers):
    net = nn.Sequential()
    for i, layer in enumerate(layers):
        kind, name = layer["kind"], str(i)
        if kind == "linear":
            if i == 0:  # an encoder that takes images row by row; it has no weights, so it needs no index
                net.add_module("flatten", nn.Flatten())
            net.add_module(name, nn.Linear(layer["in"], layer["out"]))
        elif kind in ("conv2d", "conv_transpose2d"):
            top, left, bottom, right = layer["pad"]  # may differ at the two ends, so padding is a separate module
            channels = layer["in"][0], layer["out"][0]
            if kind == "conv2d":
                net.add_module(name + "_pad", nn.ZeroPad2d((left, right, top, bottom)))
                net.add_module(name, nn.Conv2d(*channels, layer["kernel"], layer["stride"]))
            else:
                net.add_module(name, nn.ConvTranspose2d(*channels, layer["kernel"], layer["stride"]))
                net.add_module(name + "_crop", nn.ZeroPad2d((-left, -right, -top, -bottom)))
        elif kind == "flatten":
            net.add_module(name, nn.Flatten())
        elif kind == "unflatten":
            net.add_module(name, nn.Unflatten(1, layer["shape"]))
        elif kind == "fourier":
            net.add_module(name, Fourier(layer["in"], layer["frequencies"]))
        else:
            net.add_module(name, row_of(ACTIVATIONS, kind, "layer")())
    return net


def networks(path):
    """The description, and nn.ModuleDict with "encoder" and "decoder"."""
    metadata, weights = read_safetensors(path)
    description = json.loads(metadata["model"])
    model = nn.ModuleDict({side: sequential(description[side]) for side in ("encoder", "decoder")})
    model.load_state_dict(weights, strict=True)
    return description, model.eval()


def write_png(path, picture):
    height, width = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in np.round(picture * 255).astype(np.uint8))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
                           (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
            file.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--z", required=True, help="coordinates, separated by commas")
    parser.add_argument("--out", help="PNG file to write")
    options = parser.parse_args()
    description, model = networks(options.file)
    with torch.no_grad():
        outputs = model["decoder"](torch.tensor([[float(value) for value in options.z.split(",")]]))
    picture = picture_of(outputs, description["likelihood"]).reshape(description["image"]).numpy()[0]
    if options.out:
        write_png(options.out, picture)
    else:
        print("\n".join(" ".join(f"{value:.9g}" for value in row) for row in picture))
