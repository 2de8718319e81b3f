// zlib, the compression that git keeps its objects in.
#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

#endif
