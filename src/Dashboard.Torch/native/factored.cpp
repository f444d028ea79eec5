#include "factored.hpp"
#include "fused.hpp"
#include "kernels.hpp"
#include "model.hpp"
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <algorithm>

namespace lossboard {
namespace {

using torch::jit::Node;
using torch::jit::Value;

// Reading three products costs an output as much as some dozens of multiplications: a layer with fewer inputs an output is quicker computed.
constexpr int64_t least_inputs = 48;

// Which parameter a value is, or -1.
int64_t slot_of(const Model& model, Value* value) {
  auto tensor = attribute_tensor(model.module(), value);
  if (!tensor.defined()) return -1;
  const auto& slots = model.slots();
  for (size_t i = 0; i < slots.size(); i++)
    for (const auto& leaf : slots[i].leaves)
      if (leaf.unsafeGetTensorImpl() == tensor.unsafeGetTensorImpl() && slots[i].shape == tensor.sizes()) return static_cast<int64_t>(i);
  return -1;
}

bool is_none(Value* value) {
  auto constant = torch::jit::toIValue(value);
  return constant && constant->isNone();
}

// Whether a value comes from the inputs and constants alone, by operations that only rearrange or convert.
bool is_from_inputs(Value* value) {
  static const char* const allowed[] = {"aten::flatten", "aten::reshape", "aten::view", "aten::permute", "aten::transpose", "aten::unsqueeze", "aten::squeeze", "aten::contiguous",
                                        "aten::to", "aten::float", "aten::type_as", "aten::size", "aten::Int", "aten::mul", "aten::div", "aten::sub", "aten::add", "aten::floor_divide",
                                        "aten::numel", "aten::len", "aten::__getitem__", "aten::select", "aten::slice"};
  auto node = value->node();
  auto kind = node->kind();
  if (kind == c10::prim::Param) return value != value->owningGraph()->inputs()[0];
  if (kind == c10::prim::Constant) return true;
  bool rearranges = kind == c10::prim::ListConstruct || kind == c10::prim::NumToTensor || kind == c10::prim::ListUnpack;
  for (auto name : allowed) rearranges |= is_kind(node, name);
  return rearranges && node->blocks().empty() && std::all_of(node->inputs().begin(), node->inputs().end(), is_from_inputs);
}

bool matches(const Model& model, Node* node, FirstLayer& layer) {
  bool linear = is_kind(node, "aten::linear");
  if ((!linear && !is_convolution(node)) || node->inputs().size() < 3 || !is_from_inputs(node->input(0))) return false;
  // A transposed convolution has its outputs along the weight's second dimension; 6 is where _convolution says so.
  if (is_kind(node, "aten::_convolution")) {
    auto transposed = torch::jit::toIValue(node->input(6));
    if (!transposed || !transposed->isBool() || transposed->toBool()) return false;
  }
  auto weight = slot_of(model, node->input(1));
  layer.bias = is_none(node->input(2)) ? -1 : slot_of(model, node->input(2));
  if (weight < 0 || (layer.bias < 0 && !is_none(node->input(2)))) return false;
  layer.weight = static_cast<size_t>(weight);
  layer.along_last = linear;
  const auto& slot = model.slots()[layer.weight];
  return slot.shape.size() >= 2 && slot.count / slot.shape[0] >= least_inputs;
}

Node* node_at(const Graph& graph, size_t index) {
  auto it = graph->nodes().begin();
  for (size_t i = 0; i < index; i++) ++it;
  return *it;
}

std::shared_ptr<Program> product_program(const Graph& graph, size_t index) {
  auto copy = graph->copy();
  auto node = node_at(copy, index);
  auto weight = copy->addInput("weight");
  torch::jit::WithInsertPoint here(node);
  node->replaceInput(1, weight);
  node->replaceInput(2, copy->insertConstant(c10::IValue()));
  while (!copy->outputs().empty()) copy->eraseOutput(0);
  copy->registerOutput(node->output());
  torch::jit::EliminateDeadCode(copy);
  return std::make_shared<Program>(copy);
}

std::shared_ptr<Program> rest_program(const Graph& graph, size_t index, bool fused) {
  auto copy = graph->copy();
  auto node = node_at(copy, index);
  auto layer = copy->addInput("layer");
  node->output()->replaceAllUsesWith(layer);
  node->destroy();
  torch::jit::EliminateDeadCode(copy);
  if (fused) fuse(copy, layer);
  return std::make_shared<Program>(copy);
}

template <class T>
void combine_into(const at::Tensor& out, const Products::Part& part, const double* factors) {
  // A direction that a point does not move along is left out: its product may be infinite, and is not part of the sum.
  auto x = part.x.defined() && factors[1] != 0 ? part.x.data_ptr<T>() : nullptr;
  auto y = part.y.defined() && factors[2] != 0 ? part.y.data_ptr<T>() : nullptr;
  combine<T>(out.data_ptr<T>(), part.origin.data_ptr<T>(), x, y, static_cast<T>(factors[0]), static_cast<T>(factors[1]), static_cast<T>(factors[2]), out.numel());
}

}  // namespace

std::shared_ptr<const FirstLayer> find_first_layer(const Model& model, const Graph& graph) {
  size_t index = 0;
  for (auto node : graph->nodes()) {
    auto layer = std::make_shared<FirstLayer>();
    if (matches(model, node, *layer)) {
      layer->product = product_program(graph, index);
      layer->rest = rest_program(graph, index, false);
      layer->rest_fused = rest_program(graph, index, true);
      return layer;
    }
    index++;
  }
  return nullptr;
}

at::Tensor Products::combine(const FirstLayer& layer, size_t index, const double* factors, const at::Tensor& bias) const {
  const auto& part = parts_[index];
  at::Tensor out;
  if (has_kernels(part.origin)) {
    out = at::empty_like(part.origin);
    if (out.scalar_type() == at::kFloat) combine_into<float>(out, part, factors);
    else combine_into<double>(out, part, factors);
  } else {
    out = factors[0] == 1 ? part.origin.clone() : part.origin * factors[0];
    if (part.x.defined() && factors[1] != 0) out.add_(part.x, factors[1]);
    if (part.y.defined() && factors[2] != 0) out.add_(part.y, factors[2]);
  }
  if (!bias.defined()) return out;
  if (layer.along_last && out.dim() != 2) return out.add_(bias);
  return finish(std::move(out), {}, bias, {}, false);
}

}  // namespace lossboard
