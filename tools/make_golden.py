#!/usr/bin/env python3
"""Writes tests/golden/*.safetensors: PyTorch's results for small models, for comparison in tests/test_*golden.cpp.

    /usr/bin/python3 tools/make_golden.py        (made with PyTorch 1.13.0 and numpy 1.24 of Debian 12, on a CPU)

Each file is a weight file of ours (metadata "model"), so our reader builds the network, which proves that PyTorch's
names and shapes are ours. Besides the weights it holds, as "aux.*" tensors that readers ignore:

    x, eps                       images (N, P) and noise (N, D)
    mu, logvar, logits, picture  of the posterior (logvar clamped), the decoder, and E[x|z]
    sums                         reconstruction and KL, summed over the batch
    grad.<name>                  gradient of (reconstruction + beta * kl) / N
    losses, norms                loss and norm of the gradient before each of ten Adam steps on this batch
    after.<name>                 the weights after them
The metadata hold beta, the learning rate and the norm that gradients are clipped to (0: no clipping).

Everything is computed in double precision from weights and inputs that are exact in single precision, so every
difference is an error of ours (or the rounding of F32 in the file); PyTorch's rounding adds nothing to it.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

ACTIVATIONS = {"relu": nn.ReLU, "gelu_tanh": lambda: nn.GELU(approximate="tanh"), "silu": nn.SiLU, "tanh": nn.Tanh,
               "sigmoid": nn.Sigmoid}
N = 5


def dense(inputs, outputs):
    return {"kind": "linear", "in": inputs, "out": outputs}, nn.Linear(inputs, outputs)


def convolution(kind, inputs, outputs, kernel, stride, pad, out_pad=(0, 0)):
    """A layer as JSON and as PyTorch's. Inputs and outputs are (C, H, W); pads differ at the two ends by out_pad."""
    spec = {"kind": kind, "in": inputs, "out": outputs, "kernel": kernel, "stride": stride,
            "pad": [pad[0], pad[1], pad[0] - out_pad[0], pad[1] - out_pad[1]]}
    if kind == "conv2d":
        return spec, nn.Conv2d(inputs[0], outputs[0], kernel, stride, pad)
    return spec, nn.ConvTranspose2d(inputs[0], outputs[0], kernel, stride, pad, out_pad)


def flatten(shape):
    return {"kind": "flatten", "shape": shape}, nn.Flatten()


def unflatten(shape):
    return {"kind": "unflatten", "shape": shape}, nn.Unflatten(1, shape)


def activation(name):
    return {"kind": name}, ACTIVATIONS[name]()


class Fourier(nn.Module):
    def __init__(self, inputs, frequencies):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(frequencies, inputs))

    def forward(self, x):
        angles = x @ self.weight.T
        return torch.cat([x, torch.sin(angles), torch.cos(angles)], dim=1)


def fourier_networks(act, codes):
    """Architecture dense with Fourier features of z; the decoder has more units than the encoder."""
    return ([dense(63, 7), activation(act), dense(7, codes)],
            [({"kind": "fourier", "in": 2, "frequencies": 5}, Fourier(2, 5)), dense(12, 9), activation(act), dense(9, 63)])


def dense_networks(act, codes):
    return ([dense(63, 7), activation(act), dense(7, codes)],
            [dense(2, 7), activation(act), dense(7, 63)])


def conv_networks(act, codes):
    """The shapes of architecture conv for a 1x12x10 image with channels {5, 8} and hidden {7}."""
    a, b, c = [1, 12, 10], [5, 6, 5], [8, 3, 3]
    encoder = [convolution("conv2d", a, b, [3, 3], [2, 2], [1, 1]), activation(act),
               convolution("conv2d", b, c, [3, 3], [2, 2], [1, 1]), activation(act),
               flatten(c), dense(72, 7), activation(act), dense(7, codes)]
    decoder = [dense(2, 7), activation(act), dense(7, 72), activation(act), unflatten(c),
               convolution("conv_transpose2d", c, b, [3, 3], [2, 2], [1, 1], [1, 0]), activation(act),
               convolution("conv_transpose2d", b, a, [3, 3], [2, 2], [1, 1], [1, 1])]
    return encoder, decoder


def odd_networks(act, codes):
    """Windows that are not square, with different strides, and 17 channels, a multiple of no vector width."""
    a, b, c = [1, 11, 13], [17, 5, 4], [3, 4, 3]
    encoder = [convolution("conv2d", a, b, [5, 2], [2, 3], [1, 0]), activation(act),
               convolution("conv2d", b, c, [2, 4], [1, 1], [0, 1]), activation(act),
               flatten(c), dense(36, codes)]
    decoder = [dense(2, 36), activation(act), unflatten(c),
               convolution("conv_transpose2d", c, b, [2, 4], [1, 1], [0, 1]), activation(act),
               convolution("conv_transpose2d", b, a, [5, 5], [2, 3], [1, 1], [0, 1])]
    return encoder, decoder


CASES = {  # image, networks, activation, likelihood, variational, clamp, beta, learning rate, clip
    "dense_gelu": ([1, 9, 7], dense_networks, "gelu_tanh", "bernoulli", True, [-12, 4], 1.0, 1e-2, 0),
    "fourier_gelu": ([1, 9, 7], fourier_networks, "gelu_tanh", "bernoulli", True, [-12, 4], 1.0, 1e-2, 0),
    "dense_cbernoulli": ([1, 9, 7], dense_networks, "tanh", "continuous_bernoulli", True, [-12, 4], 1.0, 1e-2, 0),
    "dense_relu_plain": ([1, 9, 7], dense_networks, "relu", "mse", False, None, 0.0, 1e-2, 0),
    "conv_relu_clamped": ([1, 12, 10], conv_networks, "relu", "bernoulli", True, [-0.25, 0.25], 4.0, 3e-3, 0.5),
    "conv_gelu": ([1, 12, 10], conv_networks, "gelu_tanh", "bernoulli", True, [-12, 4], 0.5, 1e-2, 0),
    "odd_windows_silu": ([1, 11, 13], odd_networks, "silu", "bernoulli", True, [-12, 4], 1.0, 3e-3, 1.0),
}


def single(tensor):
    """Rounded to single precision, kept as double."""
    return tensor.float().double()


def write_safetensors(path, metadata, tensors):
    header, parts, offset = {"__metadata__": metadata}, [], 0
    for name, tensor in sorted(tensors.items()):
        values = np.asarray(tensor.detach().numpy(), dtype="<f4")
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        parts.append(values.tobytes())
        offset += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))


def make(name, image, networks, act, likelihood, variational, clamp, beta, rate, clip):
    torch.manual_seed(sum(map(ord, name)))
    layers = networks(act, 4 if variational else 2)
    model = nn.ModuleDict({side: nn.Sequential(*[module for _, module in net])
                           for side, net in zip(("encoder", "decoder"), layers)}).double()
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(single(p * 1.5))
    x = single(torch.rand(N, *image))
    eps = single(torch.randn(N, 2))

    def forward():
        code = model["encoder"](x.reshape(N, -1) if layers[0][0][0]["kind"] == "linear" else x)
        mu, logvar = code, torch.zeros(0, dtype=torch.double)
        if variational:
            mu, raw = code.chunk(2, dim=1)
            logvar = raw.clamp(*clamp)
        z = mu + torch.exp(logvar / 2) * eps if variational else mu
        logits = model["decoder"](z).reshape(N, -1)
        picture, target = torch.sigmoid(logits), x.reshape(N, -1)
        if likelihood == "continuous_bernoulli":
            density = torch.distributions.ContinuousBernoulli(logits=logits, lims=(0.4999, 0.5001))
            reconstruction, picture = -density.log_prob(target).sum(), density.mean
        elif likelihood == "bernoulli":
            reconstruction = F.binary_cross_entropy_with_logits(logits, target, reduction="sum")
        else:
            reconstruction = F.mse_loss(picture, target, reduction="sum")
        kl = 0.5 * (mu**2 + logvar.exp() - 1 - logvar).sum() if variational else torch.zeros((), dtype=torch.double)
        return mu, logvar, logits, picture, reconstruction, kl

    tensors = {key: p.detach().clone() for key, p in model.state_dict().items()}
    mu, logvar, logits, picture, reconstruction, kl = forward()
    if variational and clamp[0] > -1:
        held = ((logvar == clamp[0]) | (logvar == clamp[1])).double().mean().item()
        assert 0.1 < held < 0.9, f"{name}: the clamp holds for {held:.0%} of logvar, which tests little"
    results = {"x": x.reshape(N, -1), "eps": eps, "mu": mu, "logits": logits, "picture": picture,
               "sums": torch.stack([reconstruction, kl])}
    if variational:
        results["logvar"] = logvar

    optimizer = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.999), eps=1e-8)
    losses, norms = [], []
    for step in range(10):
        *_, reconstruction, kl = forward()
        loss = (reconstruction + beta * kl) / N
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            results.update({f"grad.{key}": p.grad.clone() for key, p in model.named_parameters()})
        losses.append(loss.detach())
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), clip if clip else float("inf")))
        optimizer.step()
    results["losses"], results["norms"] = torch.stack(losses), torch.stack(norms)
    if clip:
        assert norms[0] > clip, f"{name}: nothing is clipped"
    results.update({f"after.{key}": p.clone() for key, p in model.named_parameters()})
    tensors.update({f"aux.{key}": value for key, value in results.items()})

    spec = {"image": image, "latent_dim": 2, "variational": variational, "likelihood": likelihood}
    if variational:
        spec["logvar_clamp"] = clamp
    spec.update(class_names=[], encoder=[s for s, _ in layers[0]], decoder=[s for s, _ in layers[1]])
    metadata = {"format": "pt", "generator": "tools/make_golden.py", "spec_version": "1", "model": json.dumps(spec),
                "beta": str(beta), "learning_rate": str(rate), "clip_norm": str(clip), "torch": torch.__version__}
    folder = pathlib.Path(__file__).resolve().parent.parent / "tests" / "golden"
    write_safetensors(folder / f"{name}.safetensors", metadata, tensors)
    print(f"{name}: loss {losses[0]:.6f} -> {losses[-1]:.6f}, gradient norm {norms[0]:.4f}")


torch.set_num_threads(1)
for name in sys.argv[1:] or CASES:
    make(name, *CASES[name])
