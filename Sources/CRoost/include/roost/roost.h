// The contract between a Roost host and a plugin, whole. A plugin includes this one file.
//
//   plugin.h          what a plugin is and does            (read this first)
//   host.h            what the host offers to every plugin
//   base.h            values that cross the boundary, and the rules that hold everywhere
//   ext/*.h           optional abilities, one page each, found by a versioned string id
//   ext/draft/*.h     the same, still allowed to change
#ifndef ROOST_ROOST_H
#define ROOST_ROOST_H

#include "base.h"
#include "host.h"
#include "plugin.h"

#include "ext/http.h"
#include "ext/log.h"
#include "ext/manifest.h"
#include "ext/progress.h"
#include "ext/resources.h"
#include "ext/state.h"

#include "ext/draft/stream.h"

#endif
