#include "objective.hpp"
#include "kernels.hpp"
#include <functional>
#include <limits>
#include <numeric>
#include <sstream>

namespace lossboard {
namespace {

std::string shape_text(const at::Tensor& tensor) {
  std::ostringstream text;
  text << tensor.sizes();
  return text.str();
}

std::vector<int64_t> without_ones(const at::Tensor& tensor) {
  std::vector<int64_t> shape;
  for (int64_t i = 1; i < tensor.dim(); i++)
    if (tensor.size(i) != 1) shape.push_back(tensor.size(i));
  return shape;
}

void set_denominator(Prepared& prepared, const at::Tensor& weights, const at::Tensor& elements_per_sample, int64_t samples, double each) {
  if (elements_per_sample.defined())
    prepared.denominator = (weights.defined() ? (elements_per_sample.to(at::kDouble) * weights).sum() : elements_per_sample.sum().to(at::kDouble)).item<double>();
  else
    prepared.denominator = each * (weights.defined() ? weights.sum().item<double>() : static_cast<double>(samples));
  if (!(prepared.denominator > 0)) fail(LB_BAD_ARGUMENT, "the batch has nothing to take a loss of: all weights are zero, or all targets are the ignored class -100");
}

// Class numbers: [N] for outputs [N,C], [N,d1,…] for [N,C,d1,…].
at::Tensor fit_classes(const at::Tensor& output, const at::Tensor& targets, int64_t samples, const at::Tensor& weights, bool may_ignore, Prepared& prepared) {
  auto shape = output.sizes().vec();
  int64_t classes = shape[1];
  shape.erase(shape.begin() + 1);
  shape[0] = samples;
  if (targets.numel() != samples * (output.numel() / std::max<int64_t>(1, output.size(0) * classes)))
    fail(LB_BAD_ARGUMENT, "targets of shape " + shape_text(targets) + " do not fit outputs of shape " + shape_text(output) + " (samples, classes, …): one class number a sample is needed");
  auto fitted = targets.to(at::kLong).reshape(shape);
  auto valid = may_ignore ? fitted.ne(ignored_class) : at::ones_like(fitted, at::kBool);
  auto outside = fitted.lt(0).logical_or(fitted.ge(classes)).logical_and(valid);
  if (outside.any().item<bool>())
    fail(LB_BAD_ARGUMENT, "targets hold the class " + std::to_string(fitted.masked_select(outside)[0].item<int64_t>()) + ", and the module gives " +
                          std::to_string(classes) + " classes: 0 to " + std::to_string(classes - 1) + " are possible");
  prepared.judged = static_cast<double>(valid.sum().item<int64_t>());
  set_denominator(prepared, weights, valid.flatten(1 > fitted.dim() - 1 ? 0 : 1).reshape({samples, -1}).sum(1), samples, 0);
  return fitted;
}

// One number for each output; a dimension of one may be left out on either side, but nothing is broadcast.
at::Tensor fit_elements(const at::Tensor& output, const at::Tensor& targets, int64_t samples, const at::Tensor& weights, at::ScalarType type, Prepared& prepared) {
  if (without_ones(output) != without_ones(targets))
    fail(LB_BAD_ARGUMENT, "targets of shape " + shape_text(targets) + " do not fit outputs of shape " + shape_text(output) + ": a target is needed for each output");
  set_denominator(prepared, weights, {}, samples, static_cast<double>(targets.numel() / samples));
  return targets.to(type);
}

}  // namespace

at::Tensor fit_targets(int32_t loss, const at::Tensor& output, const at::Tensor& targets, int64_t samples, const at::Tensor& weights, at::ScalarType type, Prepared& prepared) {
  if (loss == LB_OUTPUT) {
    if (!prepared.scalar_output) set_denominator(prepared, weights, {}, samples, static_cast<double>(output.numel() / output.size(0)));
    return targets.defined() && targets.is_floating_point() ? targets.to(type) : targets;
  }
  if (!targets.defined()) fail(LB_BAD_ARGUMENT, "the batch has no targets, and this loss compares with them (a module that returns its loss itself has the loss `output`)");
  bool whole_numbers = !targets.is_floating_point();
  if (loss == LB_CROSS_ENTROPY || loss == LB_NLL) {
    if (output.dim() < 2) fail(LB_BAD_ARGUMENT, "outputs of shape " + shape_text(output) + " have no classes; (samples, classes, …) is needed");
    if (whole_numbers) return fit_classes(output, targets, samples, weights, true, prepared);
    if (loss == LB_NLL) fail(LB_BAD_ARGUMENT, "the targets of nll are class numbers (int64), and these are fractions");
    if (targets.sizes().slice(1) != output.sizes().slice(1))
      fail(LB_BAD_ARGUMENT, "targets of shape " + shape_text(targets) + " do not fit outputs of shape " + shape_text(output) +
                            ": cross_entropy takes class numbers (int64), or probabilities in the outputs' shape");
    set_denominator(prepared, weights, {}, samples, static_cast<double>(targets.numel() / (samples * output.size(1))));
    return targets.to(type);
  }
  if (loss == LB_HINGE && whole_numbers && output.dim() == 2 && output.size(1) > 1 && targets.numel() == samples) {
    prepared.multi_class = true;
    return fit_classes(output, targets, samples, weights, false, prepared);
  }
  auto fitted = fit_elements(output, targets, samples, weights, type, prepared);
  if (loss == LB_HINGE) {
    if (!fitted.abs().eq(1).all().item<bool>()) fail(LB_BAD_ARGUMENT, "the targets of hinge are -1 and 1, or class numbers (int64) where the module gives several outputs a sample");
    prepared.judged = static_cast<double>(fitted.numel());
  }
  if (loss == LB_BCE_WITH_LOGITS) {
    if (!fitted.ge(0).logical_and(fitted.le(1)).all().item<bool>()) fail(LB_BAD_ARGUMENT, "the targets of bce_with_logits are probabilities from 0 to 1, and some lie outside");
    if (fitted.eq(0).logical_or(fitted.eq(1)).all().item<bool>()) prepared.judged = static_cast<double>(fitted.numel());
  }
  return fitted;
}

at::Tensor run_part(Model& model, const Prepared& prepared, const Part& part) {
  auto input = prepared.copy_input ? part.input.clone() : part.input;
  // Joined operations have no gradients; the module's own forward has them, unless its statistics are not what is wanted.
  bool rewritten = prepared.lowered && (prepared.lowered->has_batch_statistics() || !at::GradMode::is_enabled());
  auto output = rewritten ? prepared.lowered->run(model, input, part.target) : model.forward(input, part.target);
  return output.scalar_type() == model.type() ? output : output.to(model.type());
}

at::Tensor loss_sum(int32_t loss, const Prepared& prepared, const Part& part, const at::Tensor& output) {
  const auto none = at::Reduction::None;
  const auto& target = part.target;
  auto like_target = [&] { return output.reshape(target.sizes()); };
  at::Tensor elements;
  switch (loss) {
    case LB_CROSS_ENTROPY: elements = at::cross_entropy_loss(output, target, {}, none); break;
    case LB_NLL: elements = output.dim() == 2 ? at::nll_loss(output, target, {}, none) : at::nll_loss_nd(output, target, {}, none); break;
    case LB_BCE_WITH_LOGITS: elements = at::binary_cross_entropy_with_logits(like_target(), target, {}, {}, none); break;
    case LB_MSE: elements = at::mse_loss(like_target(), target, none); break;
    case LB_L1: elements = at::l1_loss(like_target(), target, none); break;
    case LB_SMOOTH_L1: elements = at::smooth_l1_loss(like_target(), target, none); break;
    case LB_HINGE:
      if (prepared.multi_class) {
        // Σ_{j≠y} max(0, 1 − z_y + z_j) / C, composed so that it can be differentiated twice.
        auto own = target.unsqueeze(1);
        elements = (1 - output.gather(1, own) + output).clamp_min(0).scatter(1, own, 0).sum(1) / output.size(1);
      } else {
        elements = (1 - like_target() * target).clamp_min(0);
      }
      break;
    case LB_OUTPUT: elements = output; break;
    default: fail(LB_BAD_ARGUMENT, "unknown loss");
  }
  if (!part.weight.defined()) return elements.sum(at::kDouble);
  return (elements.reshape({part.weight.size(0), -1}).sum(1, false, at::kDouble) * part.weight).sum();
}

at::Tensor correct_sum(int32_t loss, const Prepared& prepared, const Part& part, const at::Tensor& output) {
  if (loss == LB_BCE_WITH_LOGITS) return output.reshape(part.target.sizes()).gt(0).eq(part.target.gt(0.5)).sum().to(at::kDouble);
  if (loss == LB_HINGE && !prepared.multi_class) return output.reshape(part.target.sizes()).gt(0).eq(part.target.gt(0)).sum().to(at::kDouble);
  return output.argmax(1).eq(part.target).sum().to(at::kDouble);
}

namespace {

// Class numbers for rows of float32 logits on the CPU: loss and accuracy in one go, where libtorch makes several tensors for each.
bool is_plain_cross_entropy(int32_t loss, const Part& part, const at::Tensor& output) {
  return loss == LB_CROSS_ENTROPY && output.device().is_cpu() && output.scalar_type() == at::kFloat && output.dim() == 2 && part.target.dim() == 1 &&
         part.target.scalar_type() == at::kLong && part.target.is_contiguous() && !part.weight.defined() && !at::GradMode::is_enabled();
}

std::pair<at::Tensor, at::Tensor> cross_entropy(const Part& part, const at::Tensor& output) {
  auto rows = output.size(0), columns = output.size(1);
  auto shifted = at::empty({rows, columns}, output.options()).copy_(output);
  auto own = at::empty({rows}, output.options()), best = at::empty({rows}, part.target.options());
  auto targets = part.target.data_ptr<int64_t>();
  shift_rows(shifted.data_ptr<float>(), targets, own.data_ptr<float>(), best.data_ptr<int64_t>(), rows, columns);
  auto met = std::inner_product(targets, targets + rows, best.data_ptr<int64_t>(), int64_t(0), std::plus<>(), std::equal_to<>());
  auto loss = log_sums(shifted.exp_().data_ptr<float>(), targets, own.data_ptr<float>(), rows, columns);
  auto number = [](double value) { return at::full({}, value, at::kDouble); };
  return {number(loss), number(static_cast<double>(met))};
}

at::Tensor run_factored(Model& model, const Prepared& prepared, size_t index, const Factored& factored, const at::Tensor& bias) {
  const auto& part = prepared.parts[index];
  auto layer = factored.products.combine(*prepared.lowered->first_layer(), index, factored.factors, bias);
  auto output = prepared.lowered->run_rest(model, part.input, part.target, layer);
  return output.scalar_type() == model.type() ? output : output.to(model.type());
}

}  // namespace

at::Tensor evaluate(Model& model, const Prepared& prepared, const lb_objective& objective, bool accuracy, const Control& control, const Factored* factored) {
  accuracy &= prepared.judged > 0;
  at::Tensor loss, correct;
  auto bias = factored ? prepared.lowered->bias(model) : at::Tensor();
  for (size_t i = 0; i < prepared.parts.size(); i++) {
    const auto& part = prepared.parts[i];
    control.poll();
    auto output = factored ? run_factored(model, prepared, i, *factored, bias) : run_part(model, prepared, part);
    at::Tensor sum, met;
    if (is_plain_cross_entropy(objective.loss, part, output)) std::tie(sum, met) = cross_entropy(part, output);
    else sum = loss_sum(objective.loss, prepared, part, output);
    loss = loss.defined() ? loss + sum : sum;
    if (!accuracy) continue;
    if (!met.defined()) met = correct_sum(objective.loss, prepared, part, output);
    correct = correct.defined() ? correct + met : met;
  }
  loss = loss / prepared.denominator;
  if (objective.l1 != 0) loss = loss + objective.l1 * model.flat().abs().sum(at::kDouble);
  if (objective.l2 != 0) loss = loss + objective.l2 * model.flat().square().sum(at::kDouble);
  correct = accuracy ? correct / prepared.judged : at::full({}, std::numeric_limits<double>::quiet_NaN(), loss.options());
  return at::stack({loss.reshape({}), correct.reshape({})});
}

}  // namespace lossboard
