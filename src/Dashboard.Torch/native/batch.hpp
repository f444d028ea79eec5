// The samples a loss is taken over, resident on the device, cut into micro-batches once for all points.
#pragma once
#include "lowered.hpp"
#include "model.hpp"
#include <map>
#include <mutex>
#include <tuple>

namespace lossboard {

struct Part { at::Tensor input, target, weight; };

// A batch made ready for one module and one loss; read only.
struct Prepared {
  std::vector<Part> parts;
  double denominator = 1;    // of the loss: elements, or their weights
  double judged = 0;         // targets that are classes; 0 where there are none
  bool copy_input = false;   // the module writes into its input
  bool multi_class = false;  // hinge over class numbers rather than over ±1
  bool scalar_output = false;
  std::shared_ptr<const Lowered> lowered;  // null: the module's own forward
};

class Batch {
 public:
  Batch(at::Tensor inputs, at::Tensor targets, at::Tensor weights);

  // Checks that everything fits together by running one micro-batch, or gives what an earlier call made.
  std::shared_ptr<const Prepared> prepare(Model& model, const lb_objective& objective);

  const at::Tensor& inputs() const { return inputs_; }
  const at::Tensor& targets() const { return targets_; }
  void require_device(const Model& model) const;

 private:
  std::shared_ptr<const Prepared> make(Model& model, const lb_objective& objective) const;

  at::Tensor inputs_, targets_, weights_;
  std::mutex mutex_;
  std::map<std::tuple<int64_t, int32_t, int64_t, int32_t>, std::shared_ptr<const Prepared>> made_;
};

// What a module that threw on an input is the reason of.
[[noreturn]] void forward_failed(const at::Tensor& input, const std::exception& e);

}  // namespace lossboard

struct lb_batch { std::unique_ptr<lossboard::Batch> batch; };
