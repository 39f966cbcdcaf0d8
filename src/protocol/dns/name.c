/* Domain names. */
#include "dns/name.h"

const struct dns_name dns_root = { .n = 1 };
