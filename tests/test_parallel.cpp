#include "core/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

#include "core/error.h"

namespace loom {

TEST_CASE("thread pool: runs every task once, with 1 to 8 threads and in thousands of runs") {
  for (int threads = 1; threads <= 8; ++threads) {
    ThreadPool pool(threads);
    CHECK(pool.threads() == (LOOM_THREADS ? threads : 1));
    for (Index run = 0; run < 500; ++run) {
      const Index tasks = run % 37;
      // Not atomic on purpose: a task that runs twice, or after run() has returned, is a race for ThreadSanitizer.
      std::vector<int> counts(static_cast<std::size_t>(tasks));
      pool.run(tasks, [&](Index i) { ++counts[static_cast<std::size_t>(i)]; });
      REQUIRE(counts == std::vector<int>(static_cast<std::size_t>(tasks), 1));
    }
  }
}

TEST_CASE("thread pool: an exception of a task reaches the caller, and the pool stays usable") {
  for (const int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    for (int run = 0; run < 100; ++run) {
      const auto fail_in_some = [](Index i) {
        if (i % 3 == 1) fail("task ", i);
      };
      CHECK_THROWS_AS(pool.run(20, fail_in_some), Error);
      CHECK_THROWS_WITH_AS(pool.run(3, fail_in_some), "task 1", Error);
      CHECK_THROWS_AS(pool.run(1, [](Index) { throw std::out_of_range("other types too"); }), std::out_of_range);
      std::atomic<Index> sum = 0;
      CHECK_NOTHROW(pool.run(20, [&](Index i) { sum += i; }));
      CHECK(sum == 190);
    }
  }
}

TEST_CASE("thread pool: results do not depend on the number of threads") {
  const auto sums = [](int threads) {
    ThreadPool pool(threads);
    std::vector<float> out(64);
    pool.run(64, [&](Index task) {
      float sum = 0;
      for (int i = 0; i < 1000; ++i) sum += 1.0f / static_cast<float>(i + task + 1);
      out[static_cast<std::size_t>(task)] = sum;
    });
    return out;
  };
  const std::vector<float> one = sums(1);
  for (int threads = 2; threads <= 8; ++threads) CHECK(sums(threads) == one);
}

TEST_CASE("thread pool: created and destroyed, used or not") {
  for (int i = 0; i < 200; ++i) {
    ThreadPool pool(1 + i % 8);
    if (i % 2 == 0) pool.run(3, [](Index) {});
  }
}

TEST_CASE("thread pool: bounds") {
  CHECK_THROWS_WITH_AS(ThreadPool(0), "thread pool: 0 threads requested, at least 1 is needed", Error);
  CHECK_THROWS_AS(ThreadPool(-1), Error);
  CHECK(available_threads() >= 1);
}

}  // namespace loom
