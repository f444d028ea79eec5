// A first layer that is linear in its weights: x(W + a·D + b·E) = xW + a·xD + b·xE, so that three products serve every point of a plane.
#pragma once
#include "graph.hpp"
#include <functional>

namespace lossboard {

class Model;

struct FirstLayer {
  size_t weight = 0;                   // slot of the model
  int64_t bias = -1;                   // slot, or none
  bool along_last = false;             // where the bias goes: the last dimension, or dimension 1
  std::shared_ptr<Program> product;    // (module, inputs…, weight) → the layer without its bias
  std::shared_ptr<Program> rest;       // (module, inputs…, layer) → the output
  std::shared_ptr<Program> rest_fused;
};

// Null where the graph does not begin with such a layer, or where factoring would not pay.
std::shared_ptr<const FirstLayer> find_first_layer(const Model& model, const Graph& graph);

// The layer's products with the three vectors that span a plane, for every micro-batch.
class Products {
 public:
  struct Part { at::Tensor origin, x, y; };

  explicit Products(std::vector<Part> parts) : parts_(std::move(parts)) {}

  // The layer's output for a micro-batch, with the bias added: origin·c0 + x·c1 + y·c2 + bias.
  at::Tensor combine(const FirstLayer& layer, size_t part, const double* factors, const at::Tensor& bias) const;

 private:
  std::vector<Part> parts_;
};

}  // namespace lossboard
