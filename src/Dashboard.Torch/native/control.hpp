// The caller's cancel flag and progress callback.
#pragma once
#include "status.hpp"

namespace lossboard {

class Control {
 public:
  explicit Control(const lb_control* control) : control_(control) {}

  void poll() const {
    if (control_ && control_->cancel && *control_->cancel) fail(LB_CANCELLED, "cancelled");
  }
  void progress(int64_t done) const {
    if (control_ && control_->progress) control_->progress(control_->context, done);
  }

 private:
  const lb_control* control_;
};

}  // namespace lossboard
