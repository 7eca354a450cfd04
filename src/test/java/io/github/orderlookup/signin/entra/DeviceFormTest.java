package io.github.orderlookup.signin.entra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceFormTest {

    @Test
    void asksForADeviceCodeWithARefreshToken() {
        assertThat(DeviceForm.request("client", "https://api.example/.default"))
                .isEqualTo(
                        "client_id=client&scope=openid+profile+offline_access+https%3A%2F%2Fapi.example%2F.default");
    }

    @Test
    void putsTheDeviceCodeInPlaceOfARefreshTokenAndLeavesTheCredential() {
        assertThat(
                        DeviceForm.ofRefresh(
                                "scope=a+refresh_token&grant_type=refresh_token&client_secret=s%26&refresh_token=d%3D"))
                .isEqualTo(
                        "scope=a+refresh_token&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_secret=s%26&device_code=d%3D");
    }
}
