// Writes messages in the wire format of Protocol Buffers (protobuf.dev, "Encoding"). Implemented here, because ONNX
// needs only three kinds of field; the library, its code generator and ONNX's schema would be three dependencies to
// save about sixty lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loom {

class ProtobufMessage {
 public:
  ProtobufMessage& integer(int field, std::int64_t value);          // int32, int64, enum
  ProtobufMessage& number(int field, float value);                  // float
  ProtobufMessage& bytes(int field, std::string_view value);        // string, bytes
  ProtobufMessage& message(int field, const ProtobufMessage& value) { return bytes(field, value.data_); }

  const std::string& data() const { return data_; }

 private:
  void varint(std::uint64_t value);
  void key(int field, unsigned wire_type) { varint(static_cast<std::uint64_t>(field) << 3 | wire_type); }

  std::string data_;
};

}  // namespace loom
