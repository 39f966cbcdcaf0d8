# The handset's firmware, for the Makefile.  make firmware  builds the image anew
# and keeps it in assets/handset, with a record of what it was built of; nobody
# else needs the compiler for ARM or Debian's libraries for it.
#
# The same sources, compiler and libraries give the same bytes in any folder: no
# path, no date is in the image.

FW_CROSS  ?= arm-none-eabi-
FW        := $(B)/firmware
FW_ARMEL  := $(B)/armel
FW_LIB    := $(FW_ARMEL)/root/usr/lib/arm-linux-gnueabi
FW_IMAGE  := assets/handset/handset.elf
# Debian's armel is ARMv5TE in ARM state; enums and times as wide as there.
FW_FLAGS  := -mcpu=arm926ej-s -marm -O2 -fno-short-enums -D_USE_LONG_TIME_T \
             -ffunction-sections -fdata-sections
FW_CFLAGS := -std=gnu17 -g -D_GNU_SOURCE $(FW_FLAGS) $(WARN) $(INCLUDES) \
             -isystem $(FW_ARMEL)/root/usr/include \
             -ffile-prefix-map='$(CURDIR)'=.
FW_LDFLAGS := -mcpu=arm926ej-s -marm -nostartfiles -static \
             -T src/simulator/firmware/board/link.ld \
             -Wl,--gc-sections,--no-warn-rwx-segments,--no-enum-size-warning \
             -Wl,-z,noexecstack,--build-id=none,--fatal-warnings
# Its own sources, and those that rung has in common with it.
FW_SRC    := $(shell for d in src/simulator/firmware src/protocol/media; do \
               find $$d -name '*.c' | LC_ALL=C sort; done)
FW_OBJ    := $(FW)/crt0.o $(FW_SRC:%.c=$(FW)/%.o)

.PHONY: firmware firmware-tools firmware-image
firmware: firmware-tools firmware-image ## build the handset's image anew (assets/handset)
	@mkdir -p $(dir $(FW_IMAGE))
	@cp $(FW)/handset.elf $(FW_IMAGE)
	@cp $(FW)/BUILD $(dir $(FW_IMAGE))BUILD
	@echo "The image is in $(FW_IMAGE)."
firmware-tools:
	@echo '#include <stdio.h>' | $(FW_CROSS)gcc -E - > /dev/null 2>&1 || { \
		echo "make firmware needs gcc-arm-none-eabi and" \
			"libnewlib-arm-none-eabi:  make deps" >&2; exit 1; }
firmware-image: $(FW)/handset.elf $(FW)/BUILD

$(FW_ARMEL)/version: src/simulator/firmware/fetch.sh
	@echo "  GET libosip2-dev:armel"
	@sh src/simulator/firmware/fetch.sh $(FW_ARMEL) libosip2-dev armel

$(FW)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(FW_CROSS) $(FW_CFLAGS) $(FW_LDFLAGS) $(FW_OBJ)' | cmp -s - $@ || \
		echo '$(FW_CROSS) $(FW_CFLAGS) $(FW_LDFLAGS) $(FW_OBJ)' > $@

# What stands in for a C library must not be built of it.
$(FW)/src/simulator/firmware/libc/%.o: FW_CFLAGS += -fno-builtin

$(FW)/%.o: %.c $(FW)/flags | $(FW_ARMEL)/version
	@mkdir -p $(@D)
	@echo "  ARM $<"
	@$(FW_CROSS)gcc $(FW_CFLAGS) $(WERROR) -MMD -MP -c -o $@ $<
$(FW)/crt0.o: src/simulator/firmware/board/crt0.S $(FW)/flags
	@$(FW_CROSS)gcc $(FW_CFLAGS) -c -o $@ $<

# The emulator finds the font, and people functions, by their symbols.
$(FW)/debug.elf: $(FW_OBJ) $(FW_ARMEL)/version src/simulator/firmware/board/link.ld
	@echo "  LD  $@"
	@$(FW_CROSS)gcc $(FW_LDFLAGS) -Wl,-Map,$(FW)/map -o $@ $(FW_OBJ) \
		$(FW_LIB)/libosip2.a $(FW_LIB)/libosipparser2.a -lc -lgcc
$(FW)/handset.elf: $(FW)/debug.elf
	@$(FW_CROSS)objcopy --strip-debug $< $@

$(FW)/BUILD: $(FW)/handset.elf src/simulator/firmware/record.sh
	@sh src/simulator/firmware/record.sh $(FW_CROSS) $(FW_ARMEL) $(FW)/handset.elf \
		'$(FW_FLAGS)' > $@

-include $(shell find $(FW) -name '*.d' 2>/dev/null)
