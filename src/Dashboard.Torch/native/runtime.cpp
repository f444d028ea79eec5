#include "status.hpp"
#include <dlfcn.h>
#include <malloc.h>
#include <mutex>
#include <sstream>

namespace lossboard {
namespace {

using SetThreads = void (*)(int);
using Config = char* (*)();

// Found in this library's own dependencies: the runtime loads the bridge without making its symbols global.
template <class F>
F find_symbol(const char* name) { return reinterpret_cast<F>(dlsym(RTLD_DEFAULT, name)); }

void initialise() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Activations of some megabytes are freed and wanted again at every layer. By default each of them is mapped and unmapped, and its
    // pages zeroed by the kernel; kept in the heap they cost nothing. trim() gives the memory back when a model goes.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2000000000);
    mallopt(M_TOP_PAD, 64 << 20);
    // OpenBLAS has threads of its own, which at::set_num_threads does not reach, and they spin while they wait.
    if (auto set = find_symbol<SetThreads>("openblas_set_num_threads")) set(1);
    at::set_num_interop_threads(1);
    // On a GPU cuDNN rounds convolutions to ten bits unless told: what is measured here are small differences of losses.
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
  });
}

}  // namespace

void prepare_thread() {
  static thread_local bool prepared = false;
  if (prepared) return;
  at::set_num_threads(1);
  prepared = true;
}

void write_text(const std::string& value, char* text, int64_t size, int64_t* needed) {
  auto whole = static_cast<int64_t>(value.size()) + 1;
  if (needed) *needed = whole;
  if (text && size >= whole) std::memcpy(text, value.c_str(), static_cast<size_t>(whole));
}

std::string json_string(const std::string& value) {
  static const char digits[] = "0123456789abcdef";
  std::string text = "\"";
  for (unsigned char c : value) {
    if (c == '"' || c == '\\') {
      text += '\\';
      text += static_cast<char>(c);
    } else if (c < 0x20) {
      text += "\\u00";
      text += digits[c >> 4];
      text += digits[c & 15];
    } else {
      text += static_cast<char>(c);
    }
  }
  return text + '"';
}

}  // namespace lossboard

extern "C" {

int32_t lb_abi_version(void) { return LB_ABI_VERSION; }

int32_t lb_initialise(char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [] { lossboard::initialise(); });
}

int32_t lb_describe_runtime(char* text, int64_t size, int64_t* needed, char* error, int64_t error_size) {
  return lossboard::guarded(error, error_size, [&] {
    std::string blas = "reference";
    if (at::hasMKL()) blas = "MKL";
    if (auto config = lossboard::find_symbol<lossboard::Config>("openblas_get_config")) blas = config();
    std::ostringstream json;
    json << "{\"version\":" << lossboard::json_string(TORCH_VERSION) << ",\"blas\":" << lossboard::json_string(blas)
         << ",\"gpus\":" << (at::hasCUDA() ? static_cast<int>(at::getNumGPUs()) : 0) << '}';
    lossboard::write_text(json.str(), text, size, needed);
  });
}

}  // extern "C"
