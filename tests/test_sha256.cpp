#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/files/sha256.h"

namespace loom {
namespace {

std::span<const std::byte> message_bytes(const std::string& message) { return std::as_bytes(std::span(message)); }

std::string message_hash(const std::string& message) { return sha256_hex(message_bytes(message)); }

}  // namespace

// The first three: NIST, "Examples with intermediate values" for FIPS 180-4; the others: NIST CAVP, SHA256ShortMsg and
// the million letters of FIPS 180-2, appendix B.3.
TEST_CASE("sha256: NIST vectors") {
  CHECK(message_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(message_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(
      message_hash(
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopq"
          "rstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(message_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(message_hash("\xd3") == "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
  CHECK(message_hash("\x11\xaf") == "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98");
  CHECK(message_hash(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// 55, 56, 63, 64: where the padding just fits into a block, and where it takes another one.
TEST_CASE("sha256: padding around the size of a block") {
  CHECK(message_hash(std::string(55, 'a')) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  CHECK(message_hash(std::string(56, 'a')) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
  CHECK(message_hash(std::string(63, 'a')) == "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
  CHECK(message_hash(std::string(64, 'a')) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST_CASE("sha256: the digest does not depend on how the data is split") {
  std::string message;
  for (int i = 0; i < 300; ++i) message += static_cast<char>(i * 7);
  const std::string whole = message_hash(message);
  for (std::size_t portion = 1; portion <= message.size(); ++portion) {
    Sha256 hash;
    for (std::size_t at = 0; at < message.size(); at += portion)
      hash.update(message_bytes(message.substr(at, portion)));
    REQUIRE(hash.hex() == whole);
  }
}

TEST_CASE("sha256: reading the digest does not change it") {
  Sha256 hash;
  hash.update(message_bytes("ab"));
  const std::string first = hash.hex();
  CHECK(hash.hex() == first);
  hash.update(message_bytes("c"));
  CHECK(hash.hex() == message_hash("abc"));
}

}  // namespace loom
