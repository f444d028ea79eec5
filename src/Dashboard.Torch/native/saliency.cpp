// What of an input an output depends on: the output's derivative by the input, a sample at a time.
#include "batch.hpp"
#include "control.hpp"
#include <sstream>

namespace lossboard {
namespace {

// One number for each output of a sample; what lies along further dimensions (positions, pixels) is added up.
at::Tensor outputs_of(Model& model, const at::Tensor& input) {
  at::Tensor output;
  try {
    output = model.forward(input, {});
  } catch (const std::exception& e) {
    forward_failed(input, e);
  }
  if (output.dim() < 1 || output.size(0) != input.size(0) || !output.is_floating_point()) {
    std::ostringstream text;
    text << "the model gives out a tensor of shape " << output.sizes() << " (" << c10::toString(output.scalar_type()) << ") for " << input.size(0)
         << " samples; fractions are needed, with the samples along the first dimension";
    fail(LB_UNSUPPORTED, text.str());
  }
  if (output.dim() == 1) return output.unsqueeze(1);
  return output.dim() > 2 ? output.flatten(2).sum(2) : output;
}

struct Wanted { int64_t *targets, *predicted, *outputs; double* scores; float* maps; };

void compute_saliency(Model& model, const Batch& batch, int64_t batch_size, const Wanted& wanted, const Control& control) {
  require(batch_size > 0, "batch_size must be above zero");
  batch.require_device(model);
  if (model.arity() != 1) fail(LB_UNSUPPORTED, "forward must take the inputs alone, and give out a number for each class or value; this one takes " + std::to_string(model.arity()) + " values");
  if (!batch.inputs().is_floating_point())
    fail(LB_UNSUPPORTED, std::string("the inputs are whole numbers (") + c10::toString(batch.inputs().scalar_type()) + "), which have no derivative: save a batch of fractions, one-hot or embedded where they are tokens");
  at::AutoGradMode on(true);
  auto samples = batch.inputs().size(0), each = batch.inputs().numel() / samples;
  for (int64_t first = 0; first < samples; first += batch_size) {
    control.poll();
    auto count = std::min(batch_size, samples - first);
    auto leaf = batch.inputs().narrow(0, first, count).to(model.type()).clone().set_requires_grad(true);
    // A copy, because a module may write into what it is given, and must not where derivatives begin.
    auto outputs = outputs_of(model, leaf.clone());
    *wanted.outputs = outputs.size(1);
    auto largest = outputs.detach().argmax(1).to(at::kCPU);
    auto targets = at::empty({count}, at::kLong);
    for (int64_t i = 0; i < count; i++) {
      auto& target = wanted.targets[first + i];
      wanted.predicted[first + i] = largest[i].item<int64_t>();
      if (target < 0) target = wanted.predicted[first + i];
      if (target >= outputs.size(1)) fail(LB_BAD_ARGUMENT, "there is no output " + std::to_string(target) + ": the model has " + std::to_string(outputs.size(1)) + ", counted from 0");
      targets[i] = target;
    }
    auto chosen = outputs.gather(1, targets.to(outputs.device()).unsqueeze(1)).squeeze(1);
    if (!chosen.requires_grad()) fail(LB_UNSUPPORTED, "the outputs cannot be differentiated by the inputs: forward cuts the graph, by rounding or by no_grad");
    auto slope = torch::autograd::grad({chosen.sum()}, {leaf}, {}, false, false, true)[0];
    if (!slope.defined()) slope = at::zeros_like(leaf);
    at::NoGradGuard no_grad;
    auto map = slope.abs().to(at::kCPU, at::kFloat).contiguous();
    std::memcpy(wanted.maps + first * each, map.data_ptr<float>(), static_cast<size_t>(count * each) * sizeof(float));
    at::from_blob(wanted.scores + first, {count}, at::kDouble).copy_(chosen.detach());
  }
}

}  // namespace
}  // namespace lossboard

extern "C" {

int32_t lb_saliency(lb_model* model, lb_batch* batch, int64_t batch_size, int64_t* targets, int64_t* predicted, double* scores, int64_t* outputs, float* maps, int64_t map_count, const lb_control* control, char* error,
                    int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    torch::jit::GraphOptimizerEnabledGuard plain(false);
    lossboard::require(model && batch && targets && predicted && scores && outputs && maps, "a null argument");
    lossboard::require(map_count == batch->batch->inputs().numel(), "the maps are not as large as the inputs");
    lossboard::compute_saliency(*model->model, *batch->batch, batch_size, {targets, predicted, outputs, scores, maps}, lossboard::Control(control));
  });
}

}  // extern "C"
