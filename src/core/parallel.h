// A small thread pool for work that is divided into a fixed number of tasks. Tasks must not depend on which thread runs
// them; the results are then bit-identical for any number of threads.
#pragma once

#include <functional>
#include <memory>

#include "core/types.h"

namespace loom {

class ThreadPool {
 public:
  // `threads` >= 1 includes the calling thread. Throws Error for less, and if the system cannot start that many. In a
  // build without threads (WebAssembly) every pool runs its tasks on the calling thread.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const;

  // Runs task(0) .. task(tasks - 1), each once, and returns when all are done. Rethrows the first exception that a task
  // throws. Not reentrant: a task must not call run.
  void run(Index tasks, const std::function<void(Index)>& task);

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

// Number of hardware threads this process may use, at least 1.
int available_threads();

}  // namespace loom
