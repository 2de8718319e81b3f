#ifndef ROOST_CCMARK_SHIM_H
#define ROOST_CCMARK_SHIM_H
#include <cmark.h>
#endif
