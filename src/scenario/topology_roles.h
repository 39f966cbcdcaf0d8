/*
 * The roles a node may play: one row each.  What a role does stands in nodes/;
 * here is only what a topology file may say.  Columns: the word, whether this
 * version has it, whether a firmware plays it, which then judges the words that
 * an attribute lists (codecs), and what it is.
 */
#ifndef SCENARIO_TOPOLOGY_ROLES_H
#define SCENARIO_TOPOLOGY_ROLES_H

#include "base/i18n.h"

/* clang-format off */
#define TOPOLOGY_ROLES(X)                                                      \
	X(ua, true, false,                                                     \
	    N_("a user agent: a phone that calls and is called"))              \
	X(proxy, true, false,                                                  \
	    N_("a proxy: passes requests on towards their target"))            \
	X(registrar, true, false,                                              \
	    N_("a registrar: accepts REGISTER for its domain"))                \
	X(location, true, false,                                               \
	    N_("a location service: knows where each user is reached"))        \
	X(redirect, true, false,                                               \
	    N_("a redirect server: answers with the addresses to try"))        \
	X(presence, true, false,                                               \
	    N_("a presence agent: keeps and tells how users stand"))           \
	X(b2bua, false, false,                                                 \
	    N_("a back-to-back user agent: one call on either side"))          \
	X(controller, true, false,                                             \
	    N_("a controller: calls two parties and lets them talk"))          \
	X(gateway, false, false,                                               \
	    N_("a gateway to the telephone network"))                          \
	X(handset, true, true,                                                 \
	    N_("a phone whose firmware runs on an emulated board"))            \
	X(voicemail, true, false,                                              \
	    N_("voice mail: takes the calls of people who did not"))
/* clang-format on */

#endif
