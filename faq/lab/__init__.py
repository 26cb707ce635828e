"""The lab: the engines that claims are run on."""
