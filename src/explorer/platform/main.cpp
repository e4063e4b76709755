#include "explorer/platform/platform.h"

int main(int argc, char** argv) { return loom::run(argc, argv); }
