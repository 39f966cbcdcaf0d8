/*
 * The header fields by name: MSG_H_ID of each row X(ID, …) of
 * msg/headers_table.h, an enum msg_header, and MSG_H_COUNT, which is above them
 * all.
 */
#ifndef MSG_HEADER_NAMES_H
#define MSG_HEADER_NAMES_H

#include "msg/header_id.h"

#include "header_names.inc"

#endif
