/*
 * Data of ICU that has no tables: libxml2 is linked with ICU for texts in other
 * encodings than UTF-8, and pictures are UTF-8; what it would bring is a third
 * of all else.  The header is one of udata.h, "common data", with no entries.
 */
#include <stdint.h>

#define NAMED(version) icudt##version##_dat
#define DATA(version)  NAMED(version)

extern const struct icu_data DATA(ICU);

const struct icu_data {
	uint16_t header_size;
	uint8_t magic[2];
	uint16_t info_size, reserved;
	uint8_t is_big_endian, charset_family, char_size, reserved_too;
	uint8_t format[4], format_version[4], data_version[4];
	uint64_t fill;
	uint32_t entries, behind[5];
} DATA(ICU) = {
	.header_size = 32,
	.magic = { 0xda, 0x27 },
	.info_size = 20,
	.is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
	.char_size = 2,
	.format = "ToCP",
	.format_version = { 1 },
};
