// How a model is evaluated: as its own forward, or as a rewritten copy of it that gives the same in less time.
#pragma once
#include "factored.hpp"

namespace lossboard {

struct LoweringOptions {
  bool fuse = true, factor = true, batch_statistics = false;
};

class Lowered {
 public:
  // Null where the module's own forward is to be used. Fails where batch statistics are wanted and the graph does not show every BatchNorm.
  static std::shared_ptr<Lowered> make(Model& model, const LoweringOptions& options);

  // Keeps only what gives the expected output for these inputs; false where nothing does that the module's own forward would not.
  bool verify(Model& model, const at::Tensor& input, const at::Tensor& targets, const at::Tensor& expected);

  at::Tensor run_plain(Model& model, const at::Tensor& input, const at::Tensor& targets) const;
  // The output; where gradients are wanted by operations that have them.
  at::Tensor run(Model& model, const at::Tensor& input, const at::Tensor& targets) const;
  // Goes on from the first layer's output.
  at::Tensor run_rest(Model& model, const at::Tensor& input, const at::Tensor& targets, const at::Tensor& layer) const;
  at::Tensor product(Model& model, const at::Tensor& input, const at::Tensor& targets, const at::Tensor& weight) const;

  at::Tensor bias(const Model& model) const;
  bool has_batch_statistics() const { return statistics_; }
  // The first layer, where it can be factored.
  const FirstLayer* first_layer() const { return first_.get(); }

 private:
  std::vector<c10::IValue> arguments(Model& model, const at::Tensor& input, const at::Tensor& targets, bool channels_last) const;

  std::shared_ptr<Program> plain_, fused_;
  std::shared_ptr<const FirstLayer> first_;
  bool channels_last_ = false, statistics_ = false;
};

}  // namespace lossboard
