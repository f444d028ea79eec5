// Loss functions: mean over all samples, computed as a sum of double-precision partial sums.
#pragma once
#include "batch.hpp"
#include "control.hpp"

namespace lossboard {

constexpr int64_t ignored_class = -100;  // PyTorch's ignore_index

// Targets as the loss wants them for this output; fills in the denominators. Fails with what does not fit.
at::Tensor fit_targets(int32_t loss, const at::Tensor& output, const at::Tensor& targets, int64_t samples, const at::Tensor& weights, at::ScalarType type, Prepared& prepared);

// Sum of the losses of a micro-batch (weighted where there are weights), float64, differentiable.
at::Tensor loss_sum(int32_t loss, const Prepared& prepared, const Part& part, const at::Tensor& output);
// How many of its targets are met, float64.
at::Tensor correct_sum(int32_t loss, const Prepared& prepared, const Part& part, const at::Tensor& output);

at::Tensor run_part(Model& model, const Prepared& prepared, const Part& part);

// A point of a plane whose first layer comes from products: origin, x and y times these.
struct Factored {
  const Products& products;
  double factors[3];
};

// [loss, accuracy] of the whole batch where the model stands, float64, on its device; regularisers included.
at::Tensor evaluate(Model& model, const Prepared& prepared, const lb_objective& objective, bool accuracy, const Control& control, const Factored* factored = nullptr);

}  // namespace lossboard
