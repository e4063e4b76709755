// doctest's main with an additional option: --shard=2/8 runs the second of eight parts of the test cases, so that ctest
// starts a few processes and not one for each case. The order is shuffled, always in the same way, so that the parts
// take about as long as each other. A part names each case before it runs, so the output tells which one crashed or
// hung.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <sstream>
#include <string_view>
#include <vector>

namespace {

bool names_cases = false;
unsigned cases = 0;  // that pass the filters of the command line

struct Listener : doctest::IReporter {
  explicit Listener(const doctest::ContextOptions&) {}

  void report_query(const doctest::QueryData& query) override {
    if (query.run_stats != nullptr) cases = query.run_stats->numTestCasesPassingFilters;
  }
  void test_case_start(const doctest::TestCaseData& data) override {
    name_ = &data;
    if (!names_cases) return;
    std::printf("%s\n", data.m_name);
    std::fflush(stdout);
  }
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    if (names_cases) std::printf("  %.2f s\n", stats.seconds);
    ++ran_;
    if (stats.failure_flags == 0) return;
    ++failed_;
    std::printf("FAILED case: %s (%s:%u)\n", name_->m_name, name_->m_file.c_str(), name_->m_line);
  }
  void test_run_start() override {}
  // doctest's own sums count the cases of all parts.
  void test_run_end(const doctest::TestRunStats&) override {
    if (names_cases) std::printf("part: %d cases ran, %d failed\n", ran_, failed_);
  }
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  const doctest::TestCaseData* name_ = nullptr;
  int ran_ = 0, failed_ = 0;
};

DOCTEST_REGISTER_LISTENER("names", 1, Listener);

void count_cases(int argc, char** argv) {
  std::vector<const char*> arguments(argv, argv + argc);
  arguments.push_back("--count");  // not one of the options that a Context can be given later
  doctest::Context context(static_cast<int>(arguments.size()), arguments.data());
  std::ostringstream unread;
  context.setCout(&unread);
  context.run();
}

}  // namespace

int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (!std::string_view(argv[i]).starts_with("--shard=")) continue;
    int part = 0, parts = 0;
    if (std::sscanf(argv[i], "--shard=%d/%d", &part, &parts) != 2 || part < 1 || part > parts) {
      std::fprintf(stderr, "%s: not a part such as --shard=2/8\n", argv[i]);
      return 2;
    }
    count_cases(argc, argv);
    const int all = static_cast<int>(cases), first = all * (part - 1) / parts, last = all * part / parts;
    if (first == last) {
      std::fprintf(stderr, "%d test cases are too few for %d parts\n", all, parts);
      return 2;
    }
    names_cases = true;
    context.setOption("no-colors", true);  // tools/test reads the lines
    context.setOption("order-by", "rand");
    context.setOption("rand-seed", 1);
    context.setOption("first", first + 1);
    context.setOption("last", last);
  }
  return context.run();
}
