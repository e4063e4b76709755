#!/usr/bin/python3
"""PyTorch's training speed for one of our networks: torch_train.py DESCRIPTION DATA THREADS SECONDS recipe|plain

DESCRIPTION is the output of `bench_train describe`, so both train the same network. Prints, as JSON, images per second
and per second of CPU time for each way to run it; ours is compared with the fastest:
  stock      torch.optim with its defaults, and its ConvTranspose2d
  foreach    foreach=True: a few calls for all tensors instead of some per tensor
  onednn     transposed convolutions through oneDNN's convolutions (torch 1.13 runs its own as an im2col loop per image)
The images are in memory as floats and batches are slices of them, without a data loader, shuffling or copies.
"""

import gzip
import json
import pathlib
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {"relu": nn.ReLU, "gelu_tanh": lambda: nn.GELU(approximate="tanh"), "silu": nn.SiLU, "tanh": nn.Tanh,
               "sigmoid": nn.Sigmoid}

RECONSTRUCTIONS = {"bernoulli": lambda logits, x: F.binary_cross_entropy_with_logits(logits, x, reduction="sum"),
                   "mse": lambda logits, x: F.mse_loss(torch.sigmoid(logits), x, reduction="sum")}
OPTIMIZERS = {"adam": lambda parameters, **options: torch.optim.Adam(parameters, lr=1e-4, **options),
              "rmsprop": lambda parameters, **options: torch.optim.RMSprop(parameters, lr=1e-4, alpha=0.9, **options)}


class OneDnnTranspose(torch.autograd.Function):
    """A transposed convolution is the gradient of a convolution with respect to its input; its own gradients are a
    convolution and that convolution's weight gradient. All three run in oneDNN."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding, out_size):
        ctx.save_for_backward(x, weight)
        ctx.window = stride, padding
        empty = x.new_empty(()).expand(x.shape[0], weight.shape[1], *out_size)  # only its shape is used
        y = convolution_backward(x, empty, weight, stride, padding, (True, False, False))[0]
        return y + bias[:, None, None]

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        stride, padding = ctx.window
        dx = F.conv2d(dy, weight, None, stride, padding)
        dweight = convolution_backward(x, dy, weight, stride, padding, (False, True, False))[1]
        return dx, dweight, dy.sum((0, 2, 3)), None, None, None


def convolution_backward(dy, x, weight, stride, padding, mask):
    return torch.ops.aten.convolution_backward(dy.contiguous(), x, weight, None, stride, padding, (1, 1), False, (0, 0), 1, mask)


class Transposed(nn.Module):
    def __init__(self, layer, onednn):
        super().__init__()
        (c_in, height, width), (c_out, out_height, out_width) = layer["in"], layer["out"]
        self.stride, self.padding, self.onednn = layer["stride"], layer["pad"][:2], onednn
        self.out_size = (out_height, out_width)
        # PyTorch has one pad for both ends; output_padding adds the difference at the far end.
        self.output_padding = [near - far for near, far in zip(layer["pad"][:2], layer["pad"][2:])]
        made = nn.ConvTranspose2d(c_in, c_out, layer["kernel"])  # for its initial weights
        self.weight, self.bias = made.weight, made.bias

    def forward(self, x):
        if self.onednn:
            return OneDnnTranspose.apply(x, self.weight, self.bias, self.stride, self.padding, self.out_size)
        return F.conv_transpose2d(x, self.weight, self.bias, self.stride, self.padding, self.output_padding)


def module_of(layer, onednn):
    kind = layer["kind"]
    if kind == "linear":
        return nn.Linear(layer["in"], layer["out"])
    if kind == "conv2d":
        pad = layer["pad"]
        # oneDNN drops the positions that our larger far pad would add, so equal pads must give the same size.
        module = nn.Conv2d(layer["in"][0], layer["out"][0], layer["kernel"], layer["stride"], pad[:2])
        assert list(module(torch.zeros(1, *layer["in"])).shape[1:]) == layer["out"], layer
        return module
    if kind == "conv_transpose2d":
        return Transposed(layer, onednn)
    if kind == "flatten":
        return nn.Flatten()
    if kind == "unflatten":
        return nn.Unflatten(1, layer["shape"])
    return ACTIVATIONS[kind]()


class Autoencoder(nn.Module):
    def __init__(self, model, onednn=False):
        super().__init__()
        self.encoder = nn.Sequential(*[module_of(layer, onednn) for layer in model["encoder"]])
        self.decoder = nn.Sequential(*[module_of(layer, onednn) for layer in model["decoder"]])
        self.latent, self.clamp, self.variational = model["latent_dim"], model.get("logvar_clamp"), model["variational"]
        self.reconstruction = RECONSTRUCTIONS[model["likelihood"]]

    def loss(self, x, beta):
        """Our objective per image: negative ELBO in nats with one sample of z, or the reconstruction alone."""
        code = self.encoder(x)
        if not self.variational:
            return self.reconstruction(self.decoder(code), x) / x.shape[0]
        mu, logvar = code[:, : self.latent], code[:, self.latent :].clamp(*self.clamp)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
        kl = 0.5 * (mu * mu + logvar.exp() - 1 - logvar).sum()
        return (self.reconstruction(self.decoder(z), x) + beta * kl) / x.shape[0]


def read_images(folder):
    raw = gzip.decompress((pathlib.Path(folder) / "train-images-idx3-ubyte.gz").read_bytes())
    return torch.from_numpy(numpy.frombuffer(raw, numpy.uint8, offset=16).astype(numpy.float32) / 255)


def images_per_second(description, images, seconds, plain, foreach, onednn):
    torch.manual_seed(0)
    training, batch = description["training"], description["training"]["batch_size"]
    net = Autoencoder(description["model"], onednn)
    assert sum(p.numel() for p in net.parameters()) == description["weights"]
    spatial = description["model"]["encoder"][0]["kind"] == "conv2d"
    x = images.view(-1, *description["model"]["image"]) if spatial else images.view(60000, -1)
    parameters = list(net.parameters())
    average = [p.detach().clone() for p in parameters]
    optimizer = OPTIMIZERS[training.get("optimizer", "adam")](parameters, foreach=foreach)
    decay = training["average_decay"]

    def step(i):
        at = i * batch % (x.shape[0] - batch)
        optimizer.zero_grad(set_to_none=True)
        net.loss(x[at : at + batch], training["beta"]).backward()
        if not plain:
            nn.utils.clip_grad_norm_(parameters, training["clip_norm"])
        optimizer.step()
        if not plain:
            with torch.no_grad():
                torch._foreach_mul_(average, decay)
                torch._foreach_add_(average, parameters, alpha=1 - decay)

    def run(seconds):
        start, processor, steps = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - start < seconds:
            step(steps)
            steps += 1
        return [steps * batch / (time.perf_counter() - start), steps * batch / (time.process_time() - processor)]

    run(seconds / 4)
    return run(seconds)


def main():
    description, folder, threads, seconds, mode = sys.argv[1:]
    description = json.loads(pathlib.Path(description).read_text())
    torch.set_num_threads(int(threads))
    torch.set_flush_denormal(True)
    images = read_images(folder)
    ways = {"stock": (False, False), "foreach": (True, False)}
    if any(layer["kind"] == "conv_transpose2d" for layer in description["model"]["decoder"]):
        ways |= {"onednn": (False, True), "onednn + foreach": (True, True)}
    print(json.dumps({name: images_per_second(description, images, float(seconds), mode == "plain", *way)
                      for name, way in ways.items()}))


if __name__ == "__main__":
    main()
