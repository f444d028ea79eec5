#include "batch.hpp"
#include "objective.hpp"
#include <sstream>

namespace lossboard {
namespace {

at::ScalarType scalar_type(int32_t type) {
  switch (type) {
    case LB_FLOAT32: return at::kFloat;
    case LB_FLOAT64: return at::kDouble;
    case LB_FLOAT16: return at::kHalf;
    case LB_BFLOAT16: return at::kBFloat16;
    case LB_INT64: return at::kLong;
    case LB_INT32: return at::kInt;
    case LB_INT16: return at::kShort;
    case LB_INT8: return at::kChar;
    case LB_UINT8: return at::kByte;
    case LB_BOOL: return at::kBool;
    default: fail(LB_BAD_ARGUMENT, "unknown element type");
  }
}

at::Tensor copy_in(const lb_tensor* tensor, const at::Device& device) {
  if (!tensor) return {};
  require(tensor->data && tensor->shape && tensor->rank >= 0, "a tensor needs data and a shape");
  auto view = at::from_blob(const_cast<void*>(tensor->data), at::IntArrayRef(tensor->shape, static_cast<size_t>(tensor->rank)), scalar_type(tensor->type));
  return view.clone().to(device);
}

std::string what_inputs(const at::Tensor& input) {
  std::ostringstream text;
  text << "inputs of shape " << input.sizes() << " (" << c10::toString(input.scalar_type()) << ')';
  return text.str();
}

}  // namespace

void forward_failed(const at::Tensor& input, const std::exception& e) {
  auto torch = dynamic_cast<const c10::Error*>(&e);
  std::string why = torch ? torch->what_without_backtrace() : e.what();
  if (is_out_of_memory(why) || dynamic_cast<const Failure*>(&e)) throw;
  fail(LB_UNSUPPORTED, "forward failed on " + what_inputs(input) + ": " + why);
}

Batch::Batch(at::Tensor inputs, at::Tensor targets, at::Tensor weights)
    : inputs_(std::move(inputs)), targets_(std::move(targets)), weights_(std::move(weights)) {
  require(inputs_.dim() >= 1 && inputs_.numel() > 0, "inputs must hold at least one sample, along their first dimension");
  auto samples = inputs_.size(0);
  if (targets_.defined() && (targets_.dim() < 1 || targets_.size(0) != samples))
    fail(LB_BAD_ARGUMENT, "there are " + std::to_string(samples) + " inputs and " + std::to_string(targets_.dim() < 1 ? 1 : targets_.size(0)) + " targets");
  if (!weights_.defined()) return;
  if (weights_.dim() != 1 || weights_.size(0) != samples) fail(LB_BAD_ARGUMENT, "weights must be one number for each of the " + std::to_string(samples) + " samples");
  weights_ = weights_.to(at::kDouble);
  if (!weights_.ge(0).logical_and(weights_.isfinite()).all().item<bool>()) fail(LB_BAD_ARGUMENT, "weights must be finite and not negative");
}

std::shared_ptr<const Prepared> Batch::prepare(Model& model, const lb_objective& objective) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto key = std::make_tuple(model.family(), objective.loss, objective.batch_size, objective.flags);
  auto& entry = made_[key];
  if (!entry) entry = make(model, objective);
  return entry;
}

void Batch::require_device(const Model& model) const {
  if (inputs_.device() != model.device()) fail(LB_BAD_ARGUMENT, "the batch is on " + inputs_.device().str() + " and the module on " + model.device().str());
}

std::shared_ptr<const Prepared> Batch::make(Model& model, const lb_objective& objective) const {
  require(objective.loss >= LB_CROSS_ENTROPY && objective.loss <= LB_OUTPUT, "unknown loss");
  require(objective.batch_size > 0, "batch_size must be above zero");
  require_device(model);
  if (model.arity() > 1 && objective.loss != LB_OUTPUT)
    fail(LB_UNSUPPORTED, "forward takes two values; that fits only the loss `output`, where it gets the inputs and the targets");
  if (model.arity() > 1 && !targets_.defined()) fail(LB_BAD_ARGUMENT, "forward takes the inputs and the targets, and the batch has no targets");
  at::NoGradGuard no_grad;
  auto prepared = std::make_shared<Prepared>();
  auto samples = inputs_.size(0);
  bool statistics = objective.flags & LB_BATCH_STATISTICS, as_written = objective.flags & LB_AS_WRITTEN;
  auto size = statistics ? samples : std::min(objective.batch_size, samples);
  std::shared_ptr<Lowered> lowered;
  if (statistics || !as_written) lowered = Lowered::make(model, {!as_written, !as_written && !(objective.flags & LB_UNFACTORED), statistics});
  auto inputs = inputs_.is_floating_point() ? inputs_.to(model.type()) : inputs_;
  auto targets = targets_;
  if (model.arity() > 1 && targets.is_floating_point()) targets = targets.to(model.type());

  // On a copy, because a module may write into what it is given; the version tells.
  auto probe = inputs.narrow(0, 0, size).clone();
  auto version = probe._version();
  auto probe_targets = targets.defined() ? targets.narrow(0, 0, size) : targets;
  at::Tensor output;
  try {
    output = (statistics ? lowered->run_plain(model, probe, probe_targets) : model.forward(probe, probe_targets)).to(model.type());
  } catch (const std::exception& e) {
    forward_failed(probe, e);
  }
  prepared->copy_input = probe._version() != version;
  if (lowered && (!prepared->copy_input || statistics) && lowered->verify(model, probe, probe_targets, output)) prepared->lowered = lowered;

  prepared->scalar_output = objective.loss == LB_OUTPUT && (output.dim() == 0 || (output.numel() == 1 && size > 1) || model.arity() == 0);
  if (prepared->scalar_output) {
    if (output.numel() != 1) fail(LB_BAD_ARGUMENT, "a module that takes nothing must return one number, its loss");
    if (weights_.defined()) fail(LB_BAD_ARGUMENT, "the batch has weights, and the module returns one loss for all samples; it must return one a sample to be weighted");
    // One number for several samples cannot be put together from parts: nobody knows how the module averages.
    size = samples;
  } else if (output.dim() < 1 || output.size(0) != size) {
    std::ostringstream text;
    text << "the module gives outputs of shape " << output.sizes() << " for " << what_inputs(probe) << "; the first dimension must be the samples'";
    fail(LB_BAD_ARGUMENT, text.str());
  }

  targets = fit_targets(objective.loss, output, targets, samples, weights_, model.type(), *prepared);
  for (int64_t first = 0; first < samples; first += size) {
    auto count = std::min(size, samples - first);
    auto cut = [&](const at::Tensor& tensor) { return tensor.defined() ? tensor.narrow(0, first, count) : tensor; };
    prepared->parts.push_back({cut(inputs), cut(targets), cut(weights_)});
  }
  return prepared;
}

}  // namespace lossboard

extern "C" {

int32_t lb_batch_create(const lb_tensor* inputs, const lb_tensor* targets, const lb_tensor* weights, const char* device, lb_batch** batch, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    lossboard::require(inputs && batch, "inputs are needed");
    at::NoGradGuard no_grad;
    at::Device where(device && *device ? device : "cpu");
    auto made = std::make_unique<lossboard::Batch>(lossboard::copy_in(inputs, where), lossboard::copy_in(targets, where), lossboard::copy_in(weights, where));
    *batch = new lb_batch{std::move(made)};
  });
}

}  // extern "C"
