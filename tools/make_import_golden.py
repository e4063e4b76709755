#!/usr/bin/env python3
"""Writes tests/golden/import_*: networks as PyTorch and Keras store them, for tests of `loom convert --from`.

    /usr/bin/python3 tools/make_import_golden.py     (made with PyTorch 1.13.0 and numpy 1.24 of Debian 12)

Three files for each convention: NAME.safetensors with only the tensors, under the names that people give them;
NAME.json, which describes them; NAME_expected.safetensors with images x, points z and the expected
mu, logvar and logits.
PyTorch's are computed by PyTorch; those of Keras follow the definitions of its layers, written out below as loops that
share nothing with our code: SAME padding, kernels (kh, kw, in, out) and (kh, kw, out, in), images
flattened as (H, W, C).
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn as nn

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "tests" / "golden"
N, HEIGHT, WIDTH = 4, 8, 6


def write_safetensors(path, tensors):
    header, parts, offset = {}, [], 0
    for name, values in sorted(tensors.items()):
        values = np.ascontiguousarray(values, dtype="<f4")
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        parts.append(values.tobytes())
        offset += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))


def write(name, tensors, layers, expected):
    write_safetensors(GOLDEN / f"{name}.safetensors", tensors)
    rows = ",\n".join(f'  {json.dumps(k)}: ' + ("[\n    " + ",\n    ".join(json.dumps(l) for l in v) + "\n  ]"
                                                if k in ("encoder", "decoder") else json.dumps(v)) for k, v in layers.items())
    (GOLDEN / f"{name}.json").write_text("{\n" + rows + "\n}\n")
    write_safetensors(GOLDEN / f"{name}_expected.safetensors", expected)


def description(convention, encoder, decoder):
    return {"convention": convention, "image": [1, HEIGHT, WIDTH], "latent_dim": 2, "variational": True,
            "likelihood": "bernoulli", "logvar_clamp": [-12, 4], "class_names": [], "encoder": encoder, "decoder": decoder}


def window(kind, before, after, stride, pad, name, suffix, bias=True):
    layer = {"kind": kind, "in": before, "out": after, "kernel": [3, 3], "stride": [stride, stride], "pad": pad,
             "weight": f"{name}.{suffix}"}
    return layer | ({"bias": f"{name}.bias"} if bias else {})


def linear(inputs, outputs, names, suffix):
    one = isinstance(names, str)
    return {"kind": "linear", "in": inputs, "out": outputs,
            "weight": f"{names}.{suffix}" if one else [f"{n}.{suffix}" for n in names],
            "bias": f"{names}.bias" if one else [f"{n}.bias" for n in names]}


class PyTorchVae(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3, stride=2, padding=1, bias=False)
        self.fc1 = nn.Linear(36, 5)
        self.fc21, self.fc22 = nn.Linear(5, 2), nn.Linear(5, 2)
        self.fc3 = nn.Linear(2, 36)
        self.up = nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1)
        self.last = nn.ConvTranspose2d(2, 1, 3, padding=1)

    def encode(self, x):
        h = torch.tanh(self.fc1(torch.relu(self.conv(x)).flatten(1)))
        return self.fc21(h), self.fc22(h)

    def decode_logits(self, z):
        return self.last(torch.relu(self.up(torch.relu(self.fc3(z)).view(-1, 3, 4, 3))))


def make_pytorch():
    torch.manual_seed(1)
    vae, x, z = PyTorchVae().float(), torch.rand(N, 1, HEIGHT, WIDTH), torch.randn(N, 2)
    tensors = {name: value.numpy() for name, value in vae.state_dict().items()}
    double = vae.double()
    with torch.no_grad():
        mu, logvar = double.encode(x.double())
        logits = double.decode_logits(z.double())
    encoder = [window("conv2d", [1, 8, 6], [3, 4, 3], 2, [1, 1, 1, 1], "conv", "weight", bias=False), {"kind": "relu"},
               {"kind": "flatten", "shape": [3, 4, 3]}, linear(36, 5, "fc1", "weight"), {"kind": "tanh"},
               linear(5, 4, ["fc21", "fc22"], "weight")]
    decoder = [linear(2, 36, "fc3", "weight"), {"kind": "relu"}, {"kind": "unflatten", "shape": [3, 4, 3]},
               window("conv_transpose2d", [3, 4, 3], [2, 8, 6], 2, [1, 1, 0, 0], "up", "weight"), {"kind": "relu"},
               window("conv_transpose2d", [2, 8, 6], [1, 8, 6], 1, [1, 1, 1, 1], "last", "weight")]
    write("import_pytorch", tensors, description("pytorch", encoder, decoder),
          {"x": x.reshape(N, -1).numpy(), "z": z.numpy(), "mu": mu.numpy(), "logvar": logvar.numpy(),
           "logits": logits.reshape(N, -1).numpy()})


def same(size, kernel, stride):
    """The number of outputs along an axis, and of zeros before the first input, with TensorFlow's padding SAME."""
    outputs = -(-size // stride)
    return outputs, max((outputs - 1) * stride + kernel - size, 0) // 2


def keras_conv(x, kernel, bias, stride):
    (n, h, w, _), (kh, kw, _, out) = x.shape, kernel.shape
    (rows, top), (columns, left) = same(h, kh, stride), same(w, kw, stride)
    y = np.tile(bias, (n, rows, columns, 1)).astype(float)
    for v in range(rows):
        for u in range(columns):
            for i in range(kh):
                for j in range(kw):
                    a, b = v * stride + i - top, u * stride + j - left
                    if 0 <= a < h and 0 <= b < w:
                        y[:, v, u] += x[:, a, b] @ kernel[i, j]
    return y


def keras_conv_transpose(x, kernel, bias, stride):
    """The gradient of a convolution that maps an image `stride` times as large to x."""
    (n, h, w, _), (kh, kw, out, _) = x.shape, kernel.shape
    rows, columns = h * stride, w * stride
    top, left = same(rows, kh, stride)[1], same(columns, kw, stride)[1]
    y = np.tile(bias, (n, rows, columns, 1)).astype(float)
    for v in range(h):
        for u in range(w):
            for i in range(kh):
                for j in range(kw):
                    a, b = v * stride + i - top, u * stride + j - left
                    if 0 <= a < rows and 0 <= b < columns:
                        y[:, a, b] += x[:, v, u] @ kernel[i, j].T
    return y


def make_keras():
    generator = np.random.default_rng(2)

    def layer(*shape, outputs):
        return [0.6 * generator.standard_normal(size).astype("f4") for size in (shape, outputs)]

    net = {"conv2d": layer(3, 3, 1, 3, outputs=3), "dense": layer(36, 5, outputs=5), "z_mean": layer(5, 2, outputs=2),
           "z_log_var": layer(5, 2, outputs=2), "dense_1": layer(2, 36, outputs=36),
           "conv2d_transpose": layer(3, 3, 2, 3, outputs=2), "conv2d_transpose_1": layer(3, 3, 1, 2, outputs=1)}
    x = generator.random((N, HEIGHT, WIDTH, 1)).astype("f4")
    z = generator.standard_normal((N, 2)).astype("f4")
    relu = lambda values: np.maximum(values, 0)
    h = relu(keras_conv(x.astype(float), *net["conv2d"], 2)).reshape(N, -1)
    h = np.tanh(h @ net["dense"][0].astype(float) + net["dense"][1])
    mu, logvar = (h @ net[head][0].astype(float) + net[head][1] for head in ("z_mean", "z_log_var"))
    g = relu(z.astype(float) @ net["dense_1"][0] + net["dense_1"][1]).reshape(N, 4, 3, 3)
    g = relu(keras_conv_transpose(g, *net["conv2d_transpose"], 2))
    logits = keras_conv_transpose(g, *net["conv2d_transpose_1"], 1)
    encoder = [window("conv2d", [1, 8, 6], [3, 4, 3], 2, "same", "conv2d", "kernel"), {"kind": "relu"},
               {"kind": "flatten", "shape": [3, 4, 3]}, linear(36, 5, "dense", "kernel"), {"kind": "tanh"},
               linear(5, 4, ["z_mean", "z_log_var"], "kernel")]
    decoder = [linear(2, 36, "dense_1", "kernel"), {"kind": "relu"}, {"kind": "unflatten", "shape": [3, 4, 3]},
               window("conv_transpose2d", [3, 4, 3], [2, 8, 6], 2, "same", "conv2d_transpose", "kernel"), {"kind": "relu"},
               window("conv_transpose2d", [2, 8, 6], [1, 8, 6], 1, "same", "conv2d_transpose_1", "kernel")]
    tensors = {f"{name}.{part}": values for name, pair in net.items() for part, values in zip(("kernel", "bias"), pair)}
    write("import_keras", tensors, description("keras", encoder, decoder),
          {"x": x.reshape(N, -1), "z": z, "mu": mu, "logvar": np.clip(logvar, -12, 4), "logits": logits.reshape(N, -1)})


make_pytorch()
make_keras()
