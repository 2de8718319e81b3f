// libyaml, the parser of YAML that the system brings.
#ifndef CYAML_H
#define CYAML_H

#include <yaml.h>

#endif
