// Writes the parts of an ONNX file (onnx/onnx.proto3, IR version 7, operator set 13) that the networks here need.
#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "convert/protobuf.h"
#include "core/types.h"

namespace loom {

// An attribute of a node.
ProtobufMessage onnx_attribute(std::string_view name, std::int64_t value);
ProtobufMessage onnx_attribute(std::string_view name, std::span<const std::int64_t> values);

// Collects nodes, constants, inputs and outputs. Values are identified by name.
class OnnxGraph {
 public:
  // Adds a node and returns the name of its only output, which is `output` or, if that is empty, generated.
  std::string node(std::string_view type, std::initializer_list<std::string_view> inputs,
                   std::initializer_list<ProtobufMessage> attributes = {}, std::string output = {});

  // Add constants and return their names; weights keep the names of the weight file.
  std::string weights(std::string_view name, const Shape& shape, std::span<const float> values);
  std::string number(float value);
  std::string integers(std::initializer_list<std::int64_t> values);

  // Declare float values whose first axis is the batch, of dynamic size.
  void input(std::string_view name, const Shape& shape_behind_batch);
  void output(std::string_view name, const Shape& shape_behind_batch);

  // The whole file. Equal graphs give equal bytes.
  std::string file(std::string_view graph_name, const std::map<std::string, std::string>& metadata) const;

 private:
  std::string constant(std::string name, int type, const Shape& shape, std::string_view bytes);

  std::vector<ProtobufMessage> nodes_, constants_, inputs_, outputs_;
  int names_ = 0;
};

}  // namespace loom
