/* Rows of proxies, registrars, events and credentials (inspect/relations.h). */
#ifndef INSPECT_RELATIONS_SERVER_H
#define INSPECT_RELATIONS_SERVER_H

/* clang-format off */
#define RELATIONS_SERVER(X)
/* clang-format on */

#endif
