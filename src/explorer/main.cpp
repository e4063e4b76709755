#include "explorer/platform.h"

int main(int argc, char** argv) { return loom::run(argc, argv); }
