#include "convert/onnx_graph.h"

#include "core/text.h"

namespace loom {
namespace {

// Numbers of fields and enumerators in onnx.proto3, by message.
namespace field {
enum Model { ir_version = 1, producer_name = 2, graph = 7, opset_import = 8, metadata_props = 14 };
enum Opset { opset_version = 2 };
enum StringPair { pair_key = 1, pair_value = 2 };
enum Graph { graph_node = 1, graph_name = 2, initializer = 5, graph_input = 11, graph_output = 12 };
enum Node { node_input = 1, node_output = 2, node_name = 3, op_type = 4, attribute = 5 };
enum Attribute { attribute_name = 1, attribute_i = 3, attribute_ints = 8, attribute_type = 20 };
enum Tensor { dims = 1, data_type = 2, tensor_name = 8, raw_data = 9 };
enum ValueInfo { value_name = 1, value_type = 2 };
enum Type { tensor_type = 1, elem_type = 1, shape = 2, dim = 1, dim_value = 1, dim_param = 2 };
}  // namespace field

constexpr int kIrVersion = 7, kOpset = 13;
constexpr int kFloat = 1, kInt64 = 7;             // TensorProto.DataType
constexpr int kAttributeInt = 2, kAttributeInts = 7;  // AttributeProto.AttributeType

ProtobufMessage value_info(std::string_view name, const Shape& shape_behind_batch) {
  ProtobufMessage shape;
  shape.message(field::dim, ProtobufMessage().bytes(field::dim_param, "batch"));
  for (const Index size : shape_behind_batch)
    shape.message(field::dim, ProtobufMessage().integer(field::dim_value, size));
  ProtobufMessage tensor, type, info;
  tensor.integer(field::elem_type, kFloat).message(field::shape, shape);
  type.message(field::tensor_type, tensor);
  return info.bytes(field::value_name, name).message(field::value_type, type);
}

}  // namespace

ProtobufMessage onnx_attribute(std::string_view name, std::int64_t value) {
  ProtobufMessage attribute;
  attribute.bytes(field::attribute_name, name).integer(field::attribute_i, value);
  return attribute.integer(field::attribute_type, kAttributeInt);
}

ProtobufMessage onnx_attribute(std::string_view name, std::span<const std::int64_t> values) {
  ProtobufMessage attribute;
  attribute.bytes(field::attribute_name, name);
  for (const std::int64_t value : values) attribute.integer(field::attribute_ints, value);
  return attribute.integer(field::attribute_type, kAttributeInts);
}

std::string OnnxGraph::node(std::string_view type, std::initializer_list<std::string_view> inputs,
                            std::initializer_list<ProtobufMessage> attributes, std::string output) {
  if (output.empty()) output = text("value_", ++names_);
  ProtobufMessage node;
  for (const std::string_view input : inputs) node.bytes(field::node_input, input);
  node.bytes(field::node_output, output).bytes(field::node_name, text(type, '_', nodes_.size()));
  node.bytes(field::op_type, type);
  for (const ProtobufMessage& attribute : attributes) node.message(field::attribute, attribute);
  nodes_.push_back(std::move(node));
  return output;
}

std::string OnnxGraph::constant(std::string name, int type, const Shape& shape, std::string_view bytes) {
  ProtobufMessage tensor;
  for (const Index size : shape) tensor.integer(field::dims, size);
  tensor.integer(field::data_type, type).bytes(field::tensor_name, name).bytes(field::raw_data, bytes);
  constants_.push_back(std::move(tensor));
  return name;
}

std::string OnnxGraph::weights(std::string_view name, const Shape& shape, std::span<const float> values) {
  return constant(std::string(name), kFloat, shape,
                  {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
}

std::string OnnxGraph::number(float value) {
  return constant(text("number_", ++names_), kFloat, {}, {reinterpret_cast<const char*>(&value), sizeof value});
}

std::string OnnxGraph::integers(std::initializer_list<std::int64_t> values) {
  return constant(text("integers_", ++names_), kInt64, {static_cast<Index>(values.size())},
                  {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(std::int64_t)});
}

void OnnxGraph::input(std::string_view name, const Shape& shape) { inputs_.push_back(value_info(name, shape)); }
void OnnxGraph::output(std::string_view name, const Shape& shape) { outputs_.push_back(value_info(name, shape)); }

std::string OnnxGraph::file(std::string_view graph_name, const std::map<std::string, std::string>& metadata) const {
  ProtobufMessage graph, model;
  for (const ProtobufMessage& node : nodes_) graph.message(field::graph_node, node);
  graph.bytes(field::graph_name, graph_name);
  for (const ProtobufMessage& tensor : constants_) graph.message(field::initializer, tensor);
  for (const ProtobufMessage& input : inputs_) graph.message(field::graph_input, input);
  for (const ProtobufMessage& output : outputs_) graph.message(field::graph_output, output);
  model.integer(field::ir_version, kIrVersion).bytes(field::producer_name, "latent-loom").message(field::graph, graph);
  model.message(field::opset_import, ProtobufMessage().integer(field::opset_version, kOpset));
  for (const auto& [key, value] : metadata)
    model.message(field::metadata_props, ProtobufMessage().bytes(field::pair_key, key).bytes(field::pair_value, value));
  return model.data();
}

}  // namespace loom
