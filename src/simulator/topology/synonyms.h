/* What people call the verbs, states, roles and attributes of scenarios. */
#ifndef TOPOLOGY_SYNONYMS_H
#define TOPOLOGY_SYNONYMS_H

#include "base/param.h"

/* For param_meant. */
extern const struct param_synonym synonyms_of_verbs[], synonyms_of_states[],
    synonyms_of_roles[], synonyms_of_codecs[], synonyms_of_attributes[];

#endif
