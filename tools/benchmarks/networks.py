"""The networks whose training tools/bench measures: the autoencoders of five studies that this project began with, as
lists of layers (src/model/network_json.h). Ours and PyTorch's are both built from such a list."""

IMAGE = [1, 28, 28]
PIXELS = 28 * 28


def dense(*widths, activation="relu", last=None):
    """Fully connected layers of these widths, an activation between every two of them and `last` at the end."""
    layers = []
    for before, width in zip(widths, widths[1:]):
        layers += [{"kind": "linear", "in": before, "out": width}, {"kind": activation}]
    return layers[:-1] + ([{"kind": last}] if last else [])


def window(kind, shape, out, stride, pad):
    return {"kind": kind, "in": shape, "out": out, "kernel": [3, 3], "stride": [stride, stride], "pad": pad}


def halving(*channels):
    """3x3 convolutions of stride 2 with ReLU, padding=1 as in PyTorch, then flattening."""
    layers, shape = [], IMAGE
    for c in channels:
        out = [c, (shape[1] + 1) // 2, (shape[2] + 1) // 2]
        layers += [window("conv2d", shape, out, 2, [1, 1, 1, 1]), {"kind": "relu"}]
        shape = out
    return layers + [{"kind": "flatten", "shape": shape}], shape


def doubling(shape, *steps):
    """3x3 transposed convolutions, each (channels, side), with ReLU between; stride 1 where the side stays the same."""
    layers = [{"kind": "unflatten", "shape": shape}]
    for channels, side in steps:
        stride = 1 if side == shape[1] else 2
        far = (shape[1] - 1) * stride + 3 - 1 - side  # how far the windows reach beyond the image's far edges
        layers += [window("conv_transpose2d", shape, [channels, side, side], stride, [1, 1, far, far]), {"kind": "relu"}]
        shape = [channels, side, side]
    return layers[:-1]


def model(encoder, decoder, latent, variational=True, likelihood="bernoulli"):
    description = {"image": IMAGE, "latent_dim": latent, "variational": variational, "likelihood": likelihood,
                   "class_names": [], "encoder": encoder, "decoder": decoder}
    return description | ({"logvar_clamp": [-12, 4]} if variational else {})


def conv_vae():
    """The example of Keras: its last layer has stride 1."""
    layers, shape = halving(32, 64)
    wide = shape[0] * shape[1] * shape[2]
    decoder = dense(2, wide, last="relu") + doubling(shape, (64, 14), (32, 28), (1, 28))
    return model(layers + dense(wide, 16, 4), decoder, 2)


def conv_autoencoder():
    layers, shape = halving(16, 32, 64)
    wide = shape[0] * shape[1] * shape[2]
    decoder = dense(2, wide, last="relu") + doubling(shape, (32, 7), (16, 14), (1, 28))
    return model(layers + dense(wide, 2), decoder, 2, variational=False)


# name: description, data set, optimiser, model
SEEDS = {
    "deep AE": ("784-128-64-32-18, MSE", "fashion-mnist", "adam",
                model(dense(PIXELS, 128, 64, 32, 18), dense(18, 32, 64, 128, PIXELS), 18, False, "mse")),
    "dense VAE": ("784-512-256-128, latent 10", "fashion-mnist", "adam",
                  model(dense(PIXELS, 512, 256, 128, 20), dense(10, 128, 256, 512, PIXELS), 10)),
    "conv VAE": ("conv 32, 64, dense 16, latent 2", "fashion-mnist", "adam", conv_vae()),
    "conv AE": ("conv 16, 32, 64, latent 2", "fashion-mnist", "rmsprop", conv_autoencoder()),
    "digits VAE": ("784-400, latent 20", "mnist", "adam",
                   model(dense(PIXELS, 400, 40), dense(20, 400, PIXELS), 20)),
}


def weights_of(layer):
    if layer["kind"] == "linear":
        return (layer["in"] + 1) * layer["out"]
    if layer["kind"] in ("conv2d", "conv_transpose2d"):
        return 9 * layer["in"][0] * layer["out"][0] + layer["out"][0]
    return 0


def descriptions():
    """{name: the description for torch_train.py and bench_train, and the data set}"""
    result = {}
    for name, (what, data, optimizer, net) in SEEDS.items():
        training = {"batch_size": 128, "optimizer": optimizer, "clip_norm": 0, "average_decay": 0, "beta": 1}
        count = sum(weights_of(layer) for layer in net["encoder"] + net["decoder"])
        result[name] = {"what": what, "data": data, "model": net, "training": training, "weights": count}
    return result
