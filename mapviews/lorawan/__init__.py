"""Reading messages of LoRaWAN network servers. Pure: no database, no network, no clock."""
