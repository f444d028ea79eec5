// What the bridge uses of libtorch: headers whose content is the same from 1.13 to 2.14.
#pragma once
#include <torch/script.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/version.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
