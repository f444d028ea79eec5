#include "lowered.hpp"
#include "fused.hpp"
#include "model.hpp"
#include <algorithm>
#include <array>

namespace lossboard {
namespace {

bool has_convolutions(const Graph& graph) { return std::any_of(graph->nodes().begin(), graph->nodes().end(), [](const torch::jit::Node* node) { return is_kind(node, "aten::conv2d") || is_kind(node, "aten::_convolution"); }); }

// Rounding is all that may differ; of several layers, so relative to the largest output.
bool agrees(const at::Tensor& expected, const at::Tensor& actual) {
  if (!actual.defined() || actual.sizes() != expected.sizes() || actual.scalar_type() != expected.scalar_type() || expected.numel() == 0) return false;
  auto allowed = (expected.scalar_type() == at::kDouble ? 1e-11 : 1e-4) * expected.abs().max().item<double>();
  return (actual - expected).abs().max().item<double>() <= allowed;
}

// Runs what may not fit this model at all; only exhausted memory is anyone's business.
template <class F>
bool attempt(const at::Tensor& expected, F&& body) {
  try {
    return agrees(expected, body());
  } catch (const std::exception& e) {
    if (is_out_of_memory(e.what()) || dynamic_cast<const std::bad_alloc*>(&e)) throw;
    return false;
  }
}

}  // namespace

std::shared_ptr<Lowered> Lowered::make(Model& model, const LoweringOptions& options) {
  auto graph = flat_graph(model.module(), model.arity());
  if (!graph) {
    if (options.batch_statistics) fail(LB_UNSUPPORTED, "the module calls what cannot be looked through, so its BatchNorm layers cannot be found: use the stored statistics");
    return nullptr;
  }
  auto lowered = std::make_shared<Lowered>();
  lowered->statistics_ = options.batch_statistics;
  if (options.batch_statistics) use_batch_statistics(graph);
  lowered->plain_ = std::make_shared<Program>(graph);
  if (options.fuse) {
    auto fused = graph->copy();
    lowered->channels_last_ = model.device().is_cpu() && has_convolutions(fused);
    fuse(fused, nullptr);
    lowered->fused_ = std::make_shared<Program>(fused);
  }
  if (options.factor) lowered->first_ = find_first_layer(model, graph);
  return lowered;
}

bool Lowered::verify(Model& model, const at::Tensor& input, const at::Tensor& targets, const at::Tensor& expected) {
  auto fits = [&] { return attempt(expected, [&] { return run(model, input, targets); }); };
  if (fused_ && !fits()) {
    channels_last_ = false;
    if (!fits()) fused_ = nullptr;
  }
  channels_last_ &= fused_ != nullptr;
  if (first_) {
    auto layer = [&] {
      auto out = product(model, input, targets, model.view(model.flat(), model.slots()[first_->weight]));
      return Products({{out, {}, {}}}).combine(*first_, 0, std::array<double, 3>{1, 0, 0}.data(), bias(model));
    };
    if (!attempt(expected, [&] { return run_rest(model, input, targets, layer()); })) first_ = nullptr;
  }
  return fused_ || first_ || statistics_;
}

at::Tensor Lowered::run_plain(Model& model, const at::Tensor& input, const at::Tensor& targets) const { return plain_->run(arguments(model, input, targets, false)); }

at::Tensor Lowered::run(Model& model, const at::Tensor& input, const at::Tensor& targets) const {
  if (!fused_ || at::GradMode::is_enabled()) return run_plain(model, input, targets);
  return fused_->run(arguments(model, input, targets, channels_last_));
}

at::Tensor Lowered::run_rest(Model& model, const at::Tensor& input, const at::Tensor& targets, const at::Tensor& layer) const {
  auto stack = arguments(model, input, targets, channels_last_);
  stack.emplace_back(layer);
  return (fused_ ? first_->rest_fused : first_->rest)->run(std::move(stack));
}

at::Tensor Lowered::product(Model& model, const at::Tensor& input, const at::Tensor& targets, const at::Tensor& weight) const {
  auto stack = arguments(model, input, targets, channels_last_);
  stack.emplace_back(weight);
  return first_->product->run(std::move(stack));
}

at::Tensor Lowered::bias(const Model& model) const { return first_->bias < 0 ? at::Tensor() : model.view(model.flat(), model.slots()[static_cast<size_t>(first_->bias)]); }

std::vector<c10::IValue> Lowered::arguments(Model& model, const at::Tensor& input, const at::Tensor& targets, bool channels_last) const {
  std::vector<c10::IValue> stack{model.module()._ivalue()};
  // oneDNN's convolutions take pixels with their channels side by side as they are, and reorder anything else.
  if (model.arity() > 0)
    stack.emplace_back(channels_last && input.dim() == 4 ? at::empty(input.sizes(), input.options().memory_format(at::MemoryFormat::ChannelsLast)).copy_(input) : input);
  if (model.arity() > 1) stack.emplace_back(targets);
  return stack;
}

}  // namespace lossboard
